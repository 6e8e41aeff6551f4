package dev.lastseat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a browser, against the packaged service.
 */
class PageIT {

	private static final Pattern ONE_EVENT = Pattern.compile("/api/v1/events/[0-9a-f]{24}$");

	@TempDir
	static Path directory;

	private static int port;

	private static PackagedProcess service;

	private static Chromium chromium;

	@BeforeAll
	static void start() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		startService();
		chromium = new Chromium();
	}

	private static void startService() {
		service = PackagedProcess.start(directory, "--server.port=" + port).awaitReady();
	}

	@AfterAll
	static void stop() {
		chromium.close();
		service.close();
	}

	@AfterEach
	void makesNoMistakes() {
		chromium.expectNoMistakes();
	}

	private static Page open(String view) {
		return chromium.open("http://127.0.0.1:" + port + "/" + view, 1280, 860, ColorScheme.LIGHT);
	}

	private static String createEvent(String title, int capacity) {
		return OtherClient.createEvent(service, title, capacity);
	}

	private static void book(String event, String user) {
		OtherClient.book(service, event, user);
	}

	private static Locator bar(Page page, String title) {
		return page.getByRole(AriaRole.METER, new Page.GetByRoleOptions().setName("Seats left, " + title));
	}

	private static Locator seats(Page page) {
		return page.getByRole(AriaRole.SPINBUTTON, new Page.GetByRoleOptions().setName("Seats"));
	}

	private static Locator button(Page page, String name) {
		return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
	}

	@Test
	void createsAnEventAndGoesToIt() {
		Page page = open("#/new");

		button(page, "Create the event").click();
		assertThat(page.getByLabel("Title")).isFocused();
		assertThat(page.locator("#title-error")).hasText("This field must not be blank.");
		chromium.expectAccessible(page);
		page.getByLabel("Title").fill("Tea <b>dance</b>");
		page.getByLabel("Starts").fill("2126-12-01T19:00");
		seats(page).fill("30");
		button(page, "Create the event").click();

		assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.hasText("Tea <b>dance</b>");
		assertThat(page.locator("#event-title")).isFocused();
		assertThat(bar(page, "Tea <b>dance</b>")).hasAttribute("aria-valuetext", "30 of 30 seats left");
	}

	@Test
	void booksByKeyboardAndSaysWhyNot() {
		String event = createEvent("Reading", 2);
		Page page = open("#/events/" + event);
		Locator outcome = page.locator("#booking-outcome");

		page.getByLabel("User id").fill("ada");
		page.keyboard().press("Enter");
		assertThat(outcome).hasText("Booked. ada has a seat.");
		assertThat(bar(page, "Reading")).hasAttribute("aria-valuenow", "1");
		page.keyboard().press("Enter");
		assertThat(outcome).hasText("ada has a ticket for this event already. Everybody gets one.");
		book(event, "bob");
		page.getByLabel("User id").fill("eve");
		page.keyboard().press("Enter");
		assertThat(outcome).hasText("Sold out. Every seat was taken when the booking was decided.");
		chromium.expectAccessible(page);
		chromium.screenshot(page, "refusal");

		page.getByLabel("User id").fill("ada");
		button(page, "Cancel the booking").click();
		assertThat(outcome).containsText("ada has no ticket for this event");
		assertThat(bar(page, "Reading")).hasAttribute("aria-valuenow", "1");
	}

	@Test
	void movesTheBarsWhenOthersBook() {
		String concert = createEvent("Concert", 4);
		String opera = createEvent("Opera", 9);
		Page page = open("");
		assertThat(page.locator("#link")).hasText("Live");
		assertThat(bar(page, "Concert")).hasAttribute("aria-valuenow", "4");

		book(concert, "ada");
		book(opera, "ada");

		assertThat(bar(page, "Concert")).hasAttribute("aria-valuetext", "3 of 4 seats left");
		assertThat(bar(page, "Opera")).hasAttribute("aria-valuetext", "8 of 9 seats left");
		chromium.screenshot(page, "events");
	}

	@Test
	void endsWithTheEvent() {
		String event = createEvent("Cancelled", 3);
		Page page = open("#/events/" + event);
		assertThat(page.locator("#link")).hasText("Live");
		List<String> asked = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> asked.add(request.url()));

		assertThat(service.send("DELETE", OtherClient.EVENTS + "/" + event, "")).startsWith("204");

		assertThat(page.locator("#event-seats")).containsText("This event was deleted.");
		assertThat(page.locator("#booking")).isHidden();
		assertThat(asked).as("requests to learn what the stream said").isEmpty();
	}

	@Test
	void runsTheRaceAndJudgesByWhatIsStored() {
		Page page = open("#/race");
		page.getByLabel("Bookings").fill("200");
		seats(page).fill("7");
		page.getByLabel("Different users").fill("150");
		chromium.screenshot(page, "race-before");

		button(page, "Start the race").press("Enter");
		assertThat(page.locator("#dots .sold-out").nth(40)).isAttached();
		chromium.screenshot(page, "race-during");

		assertThat(page.locator("#verdict-title")).hasText("PASS: no seat was sold twice");
		assertThat(page.locator("#dots li")).hasCount(200);
		assertThat(page.locator("#dots .booked")).hasCount(7);
		assertThat(page.locator("#dots .unclear")).hasCount(0);
		assertThat(page.locator("#checks")).containsText("7 registrations stored, of 7 users: nobody twice.");
		assertThat(bar(page, "Race of 200 bookings for 7 seats")).hasAttribute("aria-valuenow", "0");
		assertThat(button(page, "Start the race")).isFocused();
		chromium.expectAccessible(page);
		chromium.screenshot(page, "race-after");
	}

	@Test
	void failsTheRaceWhenMoreIsStoredThanThereIs() {
		Page page = open("#/race");
		page.getByLabel("Bookings").fill("20");
		seats(page).fill("2");
		page.route(ONE_EVENT, (route) -> {
			APIResponse stored = route.fetch();
			route.fulfill(new Route.FulfillOptions().setResponse(stored)
				.setBody(stored.text().replace("\"ticketsSold\":2", "\"ticketsSold\":3")));
		});

		button(page, "Start the race").click();

		assertThat(page.locator("#verdict-title")).hasText("FAIL: what is stored is not right");
		assertThat(page.locator("#checks .fails").first()).containsText("3 tickets stored as sold; expected 2.");
		assertThat(page.locator("#race-outcome")).containsText("FAIL");
	}

	@Test
	void saysThatItLostTheServiceAndComesBackByItself() {
		String event = createEvent("Storm", 5);
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
		view.getByLabel("User id").fill("ada");
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

	@Test
	void keepsATokenInMemoryOnly() {
		Page page = open("#/events/" + createEvent("Members only", 5));
		page.locator("#token summary").click();
		page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true)).fill("header.claims.signature");
		button(page, "Use this token").click();
		page.getByLabel("User id").fill("ada");

		Request booking = page.waitForRequest("**/registrations/ada", () -> button(page, "Book a seat").click());

		assertThat(booking.headerValue("Authorization")).isEqualTo("Bearer header.claims.signature");
		assertThat(page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.href]"))
			.asString()
			.startsWith("[0, 0, , ")
			.doesNotContain("signature");
		assertThat(page.locator("#token-input")).hasValue("");
	}

	@Test
	void keepsStillForWhoAsksForThat() {
		Page page = open("#/events/" + createEvent("Meditation", 5));
		assertThat(page.locator("#link")).hasText("Live");
		assertThat(page.locator(".lamp")).hasCSS("animation-name", "breathe");

		page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));

		assertThat(page.locator(".lamp")).hasCSS("animation-name", "none");
		assertThat(page.locator("#event-seats .fill")).hasCSS("transition-property", "none");
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void isForEverybodyAndFitsAPhone(ColorScheme scheme) {
		String event = createEvent("A title-as-long-as-it-takes-to-find-out-what-becomes-of-it-on-a-phone", 1);
		book(event, "ada");
		for (String view : new String[] { "", "#/new", "#/race", "#/events/" + event, "#/events/unknown" }) {
			Page page = chromium.open("http://127.0.0.1:" + port + "/" + view, 360, 740, scheme);
			assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).not().hasText("…");

			chromium.expectAccessible(page);
			page.close();
		}
	}

}
