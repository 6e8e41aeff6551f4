package dev.lastseat;

import java.io.IOException;
import java.nio.file.Path;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The page while the service is away, and when it is there again.
 */
class PageOutageIT extends BrowserTest {

	@Test
	void saysThatItLostTheServiceAndComesBackByItself() {
		String event = createEvent("Storm", 5);
		chromium.expectMistakes("ERR_");
		Page list = open("");
		Page view = open("#/events/" + event);
		assertThat(list.locator("#link")).hasText("Live");
		assertThat(view.locator("#link")).hasText("Live");

		service.terminate();
		service.awaitExit();

		assertThat(list.locator("#lost")).containsText("Connection lost, reconnecting…");
		assertThat(view.locator("#lost")).containsText("Connection lost, reconnecting…");
		chromium.expectAccessible(list);
		chromium.screenshot(list, "lost");
		view.locator("#user").fill("ada");
		button(view, "Book a seat").click();
		assertThat(view.locator("#booking-outcome")).containsText("The service cannot be reached.");

		startService();
		assertThat(list.locator("#link")).hasText("Live");
		assertThat(view.locator("#link")).hasText("Live");
		assertThat(list.locator("#lost")).hasText("Connected again.");
		book(event, "bob");
		assertThat(bar(list, "Storm")).hasAttribute("aria-valuenow", "4");
		assertThat(bar(view, "Storm")).hasAttribute("aria-valuenow", "4");
	}

	/**
	 * A crash of the embedded engine can take back the last bookings, and their
	 * revisions. Restoring an older copy of its files does the same every time.
	 */
	@Test
	void showsWhatIsStoredAfterACrashHasTakenBookingsBack(@TempDir Path backup) throws IOException {
		chromium.expectMistakes("ERR_");
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
			FileSystemUtils.deleteRecursively(directory.resolve("data"));
			FileSystemUtils.copyRecursively(backup, directory.resolve("data"));
		});

		assertThat(bar(list, "Crash")).hasAttribute("aria-valuenow", "8");
		assertThat(bar(view, "Crash")).hasAttribute("aria-valuenow", "8");
	}

	private static void restart(Meanwhile meanwhile) throws IOException {
		service.terminate();
		service.awaitExit();
		meanwhile.run();
		startService();
	}

	private interface Meanwhile {

		void run() throws IOException;

	}

}
