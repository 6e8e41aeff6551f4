package dev.lastseat;

import java.io.IOException;
import java.nio.file.Path;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The web page while the service is stopped, and after it has started again.
 */
class PageOutageIT extends BrowserTest {

	@Test
	void reportsALostConnectionAndReconnects() {
		String event = createEvent("Storm", 5);
		chromium.expectErrors("ERR_");
		Page list = open("");
		Page view = open("#/events/" + event);
		assertThat(list.locator("#connection")).hasText("Live");
		assertThat(view.locator("#connection")).hasText("Live");

		service.terminate();
		service.awaitExit();

		assertThat(list.locator("#connection-message")).containsText("Connection lost, reconnecting…");
		assertThat(view.locator("#connection-message")).containsText("Connection lost, reconnecting…");
		chromium.expectAccessible(list);
		chromium.screenshot(list, "lost");
		view.locator("#user").fill("ada");
		button(view, "Book a seat").click();
		assertThat(view.locator("#booking-outcome")).containsText("The service cannot be reached.");

		startService();
		assertThat(list.locator("#connection")).hasText("Live");
		assertThat(view.locator("#connection")).hasText("Live");
		assertThat(list.locator("#connection-message")).hasText("Connected again.");
		book(event, "bob");
		assertThat(bar(list, "Storm")).hasAttribute("aria-valuenow", "4");
		assertThat(bar(view, "Storm")).hasAttribute("aria-valuenow", "4");
	}

	/**
	 * A crash of the embedded engine can lose the last bookings and their revisions. The
	 * test restores an older copy of its files, which has the same effect every time.
	 */
	@Test
	void showsTheStoredStateAfterACrashLostBookings(@TempDir Path backup) throws IOException {
		// The service can be back before a page tries to connect again.
		chromium.allowErrors("ERR_");
		String event = createEvent("Crash", 9);
		book(event, "ada");
		restart(() -> FileSystemUtils.copyRecursively(directory.resolve("data"), backup));
		Page list = open("");
		Page view = open("#/events/" + event);
		book(event, "bob");
		book(event, "eve");
		assertThat(bar(list, "Crash")).hasAttribute("aria-valuenow", "6");
		assertThat(bar(view, "Crash")).hasAttribute("aria-valuenow", "6");

		restart(() -> {
			assertThat(list.locator("#connection-message")).containsText("Connection lost, reconnecting…");
			assertThat(view.locator("#connection-message")).containsText("Connection lost, reconnecting…");
			FileSystemUtils.deleteRecursively(directory.resolve("data"));
			FileSystemUtils.copyRecursively(backup, directory.resolve("data"));
		});

		assertThat(bar(list, "Crash")).hasAttribute("aria-valuenow", "8");
		assertThat(bar(view, "Crash")).hasAttribute("aria-valuenow", "8");
	}

	private static void restart(WhileStopped whileStopped) throws IOException {
		service.terminate();
		service.awaitExit();
		whileStopped.run();
		startService();
	}

	private interface WhileStopped {

		void run() throws IOException;

	}

}
