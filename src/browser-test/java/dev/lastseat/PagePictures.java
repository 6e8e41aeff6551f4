package dev.lastseat;

import java.nio.file.Path;
import java.util.stream.IntStream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Takes the pictures of the web page for the documentation. Runs only when it is named:
 * CONTRIBUTING.md has the command.
 */
class PagePictures {

	private static final Path DOCS = Path.of("docs");

	private static final int WIDTH = 720;

	private static final int HEIGHT = 640;

	@Test
	void takesPictures(@TempDir Path directory) {
		try (PackagedProcess service = PackagedProcess.start(directory, "--server.port=0").awaitReady();
				Chromium chromium = new Chromium()) {
			takeEvents(service, chromium);
			takeRace(service, chromium);
			takeWaitingList(service, chromium);
		}
	}

	private static void takeEvents(PackagedProcess service, Chromium chromium) {
		createEvent(service, "Reading by candlelight", 20, 17);
		createEvent(service, "Concert for two pianos", 1_000, 120);
		createEvent(service, "A walk at low tide", 12, 12);
		createEvent(service, "Chess, blindfolded", 40, 22);
		Page page = chromium.open(service.address("/"), WIDTH, HEIGHT, ColorScheme.LIGHT);
		assertThat(page.locator("#connection")).hasText("Live");
		chromium.screenshot(page, DOCS.resolve("page-events.png"));
	}

	private static String createEvent(PackagedProcess service, String title, int capacity, int sold) {
		String event = OtherClient.createEvent(service, title, capacity);
		IntStream.range(0, sold).forEach((index) -> OtherClient.book(service, event, "user-" + index));
		return event;
	}

	private static void takeRace(PackagedProcess service, Chromium chromium) {
		Page page = chromium.open(service.address("/#/race"), WIDTH, HEIGHT, ColorScheme.LIGHT);
		page.getByLabel("Bookings").fill("150");
		page.locator("#race-capacity").fill("40");
		page.getByLabel("Different users").fill("100");
		chromium.screenshot(page, DOCS.resolve("page-race-before.png"));

		page.locator("#race-start").click();
		assertThat(page.locator("#dots .booked").nth(5)).isAttached();
		chromium.screenshot(page, DOCS.resolve("page-race-during.png"));

		assertThat(page.locator("#race-removed")).not().isEmpty();
		chromium.screenshot(page, DOCS.resolve("page-race-after.png"));
	}

	private static void takeWaitingList(PackagedProcess service, Chromium chromium) {
		String event = createEvent(service, "Late train, window seats", 3, 3);
		IntStream.range(0, 4).forEach((index) -> OtherClient.join(service, event, "guest-" + index));
		Page page = chromium.open(service.address("/#/events/" + event), WIDTH, HEIGHT, ColorScheme.LIGHT);
		page.locator("#user").fill("ada");
		page.locator("#join").click();
		OtherClient.join(service, event, "eve");
		assertThat(page.locator("#waiting-position")).hasText("5 of 6");
		OtherClient.release(service, event, "user-0");
		OtherClient.release(service, event, "user-1");
		assertThat(page.locator("#waiting-position")).hasText("3 of 4");
		chromium.screenshot(page, DOCS.resolve("page-waiting.png"));

		IntStream.range(0, 2).forEach((index) -> OtherClient.book(service, event, "guest-" + index));
		IntStream.range(2, 4).forEach((index) -> OtherClient.leave(service, event, "guest-" + index));
		OtherClient.release(service, event, "user-2");
		assertThat(page.locator("#hold-confirm")).isVisible();
		assertThat(page.locator("#event-seats .legend")).containsText("1 waiting");
		chromium.screenshot(page, DOCS.resolve("page-offer.png"));

		page.locator("#event-activity").click();
		assertThat(page.locator("#journal")).containsText("was offered a seat");
		assertThat(page.locator("#waiting-list")).containsText("eve");
		chromium.screenshot(page, DOCS.resolve("page-activity.png"));
	}

}
