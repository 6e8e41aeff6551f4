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

	private static void createEvent(PackagedProcess service, String title, int capacity, int sold) {
		String event = OtherClient.createEvent(service, title, capacity);
		IntStream.range(0, sold).forEach((index) -> OtherClient.book(service, event, "user-" + index));
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

}
