package dev.lastseat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The web page in a browser, with the packaged service.
 */
class PageIT extends BrowserTest {

	private static final Pattern ONE_EVENT = Pattern.compile("/api/v1/events/[0-9a-f]{24}$");

	private static Locator seats(Page page) {
		return page.getByRole(AriaRole.SPINBUTTON, new Page.GetByRoleOptions().setName("Seats"));
	}

	private static Locator user(Page page) {
		return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("User id"));
	}

	private static Locator outcome(Page page) {
		return page.locator("#booking-outcome");
	}

	@Test
	void createsAnEventAndGoesToIt() {
		chromium.expectErrors("status of 400");
		Page page = open("#/new");
		assertThat(page.locator("#form-zone")).hasText("Time zone: UTC.");

		button(page, "Create the event").click();
		assertThat(page.locator("#title")).isFocused();
		assertThat(page.locator("#title-error")).containsText("This field must ");
		chromium.expectAccessible(page);
		page.locator("#title").fill("Tea <b>dance</b>");
		page.getByLabel("Starts").fill("2126-12-01T19:00");
		seats(page).fill("30");
		button(page, "Create the event").click();

		assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.hasText("Tea <b>dance</b>");
		assertThat(page.locator("#event-title")).isFocused();
		assertThat(bar(page, "Tea <b>dance</b>")).hasAttribute("aria-valuetext", "30 of 30 seats left");
	}

	@Test
	void booksByKeyboardAndExplainsRefusals() {
		String event = createEvent("Reading", 2);
		chromium.expectErrors("status of 409", "status of 404");
		Page page = open("#/events/" + event);
		Locator outcome = outcome(page);

		user(page).fill("ada");
		page.keyboard().press("Enter");
		assertThat(outcome).hasText("Booked. ada has a seat.");
		assertThat(bar(page, "Reading")).hasAttribute("aria-valuenow", "1");
		page.keyboard().press("Enter");
		assertThat(outcome).hasText("ada has a ticket for this event already. One ticket per person.");
		book(event, "bob");
		user(page).fill("eve");
		page.keyboard().press("Enter");
		assertThat(outcome).hasText("Sold out. Every seat was taken when the booking was decided.");
		chromium.expectAccessible(page);
		chromium.screenshot(page, "refusal");

		user(page).fill("ada");
		button(page, "Cancel the booking").click();
		assertThat(outcome).hasText("Cancelled. ada no longer has a ticket for this event.");
		assertThat(bar(page, "Reading")).hasAttribute("aria-valuenow", "1");
		button(page, "Cancel the booking").click();
		assertThat(outcome).hasText("ada has no ticket for this event.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "auth0|5f7c", "a+b@example.org", "CN=Ada,O=X", "https://id.example.org/ada?x=1#y%2F..",
			"mx;v=1", "..." })
	void booksShowsAndCancelsUserIdsOfIdentityProviders(String id) {
		Page page = open("#/events/" + createEvent("Guests", 3));
		user(page).fill(id);
		button(page, "Book a seat").click();
		assertThat(outcome(page)).hasText("Booked. " + id + " has a seat.");

		link(page, "My seats").click();

		assertThat(user(page)).hasValue(id);
		assertThat(page.locator("#seats-outcome")).hasText(id + " has a ticket for:");
		chromium.expectAccessible(page);
		link(page, "Guests").click();
		button(page, "Cancel the booking").click();
		assertThat(outcome(page)).hasText("Cancelled. " + id + " no longer has a ticket for this event.");
		link(page, "My seats").click();
		assertThat(page.locator("#seats-outcome")).hasText(id + " has no tickets.");
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", "ada lovelace", "Zoë" })
	void showsTheRuleForUserIds(String id) {
		Page page = open("#/events/" + createEvent("Rules", 3));
		user(page).fill(id);

		button(page, "Book a seat").click();

		assertThat(outcome(page)).containsText("This is not a user id: 1 to 255 characters");
		assertThat(user(page)).isFocused();
		assertThat(user(page)).hasAttribute("aria-invalid", "true");
	}

	@Test
	void doesNotOfferToBookAnEventThatIsOver() {
		Page page = open("#/events/"
				+ OtherClient.createEvent(service, "Bygone", "2020-01-01T19:00:00Z", "2020-01-01T20:00:00Z", 3));

		assertThat(page.locator("#event-when .phase")).hasText("over");
		assertThat(page.locator("#booking-note")).containsText("This event is over.");
		assertThat(button(page, "Book a seat")).isHidden();
		user(page).fill("ada");
		page.keyboard().press("Enter");
		assertThat(outcome(page)).containsText("This event is over.");
		chromium.expectAccessible(page);
	}

	@ParameterizedTest
	@CsvSource({ "2126-01-01T20:00:00Z, under way, This event is under way.", ", begun, This event has begun." })
	void saysThatAnEventIsUnderWay(String endsAt, String phase, String note) {
		Page page = open("#/events/" + OtherClient.createEvent(service, "Endless", "2020-01-01T19:00:00Z", endsAt, 3));

		assertThat(page.locator("#event-when .phase")).hasText(phase);
		assertThat(page.locator("#booking-note")).hasText(note);
		assertThat(button(page, "Book a seat")).isVisible();
		chromium.expectAccessible(page);
	}

	/**
	 * U+202E is an override that reverses all text after it.
	 */
	@Test
	void isolatesTheDirectionOfATitle() {
		String arabic = "حفلة موسيقية (2026)!";
		String event = createEvent(arabic, 3);
		String reversing = createEvent("A\u202eB", 3);
		Page page = open("#/events/" + event);

		assertThat(title(page)).hasCSS("direction", "rtl");
		assertThat(page.locator("#event-when")).hasCSS("direction", "ltr");
		chromium.screenshot(page, "right-to-left");
		assertThat(link(page, "Edit, cancel or delete this event")).isVisible();
		page.navigate(address("#/events/" + reversing));
		assertThat(title(page)).hasText("AB");
		page.navigate(address("#/"));
		assertThat(link(page, "AB")).isVisible();
		assertThat(page.locator("#cards h2", new Page.LocatorOptions().setHasText(arabic))).hasCSS("direction", "rtl");
	}

	@Test
	void saysWhetherAWriteMayHaveTakenEffect() {
		chromium.expectErrors("status of 503");
		Page page = open("#/events/" + createEvent("Doubt", 3));
		user(page).fill("ada");
		page.route("**/registrations/ada",
				(route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)
					.setContentType("application/problem+json")
					.setBody("{\"code\": \"outcome-unknown\", \"retryable\": true}")));
		button(page, "Book a seat").click();
		assertThat(outcome(page)).hasText("The storage did not confirm the change in time. It may have taken effect, or "
				+ "not. It is safe to try again; the answer will tell.");
		page.unroute("**/registrations/ada");
		page.route("**/registrations/ada",
				(route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)
					.setContentType("application/problem+json")
					.setBody("{\"code\": \"storage-unavailable\", \"retryable\": true}")));

		button(page, "Book a seat").click();

		assertThat(outcome(page))
			.hasText("The storage cannot be reached. Nothing was changed; try again in a moment.");
	}

	@Test
	void namesTheZoneAndWritesDatesInTheLanguageOfTheBrowser() {
		String event = OtherClient.createEvent(service, "Abend", "2126-12-01T19:00:00Z", null, 3);
		try (Chromium german = new Chromium("de-DE", "Europe/Berlin")) {
			Page page = german.open(address("#/events/" + event), 1280, 860, ColorScheme.LIGHT);

			assertThat(page.locator("#event-when time")).hasText("So., 1. Dez. 2126, 20:00 MEZ");
			assertThat(page.locator("#event-when time")).hasAttribute("lang", "de-DE");
			link(page, "Edit, cancel or delete this event").click();
			assertThat(page.locator("#startsAt")).hasValue("2126-12-01T20:00");
			assertThat(page.locator("#form-zone")).hasText("Time zone: Europe/Berlin.");
			german.endTest();
		}
	}

	@Test
	void movesTheBarsOnBookingsOfOtherClients() {
		String concert = createEvent("Concert", 4);
		String opera = createEvent("Opera", 9);
		Page page = open("");
		assertThat(page.locator("#connection")).hasText("Live");
		assertThat(bar(page, "Concert")).hasAttribute("aria-valuenow", "4");

		book(concert, "ada");
		book(opera, "ada");

		assertThat(bar(page, "Concert")).hasAttribute("aria-valuetext", "3 of 4 seats left");
		assertThat(bar(page, "Opera")).hasAttribute("aria-valuetext", "8 of 9 seats left");
		chromium.screenshot(page, "events");
	}

	@Test
	void showsThatTheEventWasDeleted() {
		String event = createEvent("Cancelled", 3);
		Page page = open("#/events/" + event);
		assertThat(page.locator("#connection")).hasText("Live");
		List<String> requests = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> requests.add(request.url()));

		assertThat(service.send("DELETE", OtherClient.EVENTS + "/" + event, "")).startsWith("204");

		assertThat(page.locator("#event-seats")).containsText("This event was deleted.");
		assertThat(page.locator("#booking")).isHidden();
		assertThat(requests).as("requests after the stream has reported the deletion").isEmpty();
	}

	@Test
	void judgesTheRaceByTheStoredState() {
		Page page = open("#/race");
		chromium.expectErrors("status of 409");
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
		assertThat(page.locator("#checks")).containsText("7 registrations stored, of 7 users: no user twice.");
		assertThat(page.locator("#race-removed")).hasText("The event of this race was deleted, with its registrations.");
		assertThat(page.locator("#race-link")).isHidden();
		assertThat(service.send("GET", OtherClient.EVENTS + "?limit=100", "")).doesNotContain("Race of 200");
		assertThat(bar(page, "Race of 200 bookings for 7 seats")).hasAttribute("aria-valuenow", "0");
		assertThat(button(page, "Start the race")).isFocused();
		chromium.expectAccessible(page);
		chromium.screenshot(page, "race-after");
	}

	@Test
	void keepsTheEventOfARaceWhenAsked() {
		Page page = open("#/race");
		page.getByLabel("Bookings").fill("3");
		seats(page).fill("3");
		page.getByLabel("Keep the event afterwards").check();

		button(page, "Start the race").click();

		assertThat(page.locator("#verdict-title")).hasText("PASS: no seat was sold twice");
		link(page, "Open the event of the race").click();
		assertThat(bar(page, "Race of 3 bookings for 3 seats")).hasAttribute("aria-valuetext", "Sold out, 3 seats");
	}

	@Test
	void failsTheRaceWhenMoreTicketsAreStoredThanSeats() {
		Page page = open("#/race");
		chromium.expectErrors("status of 409");
		page.getByLabel("Bookings").fill("20");
		seats(page).fill("2");
		page.route(ONE_EVENT, (route) -> {
			APIResponse stored = route.fetch();
			route.fulfill(new Route.FulfillOptions().setResponse(stored)
				.setBody(stored.text().replace("\"ticketsSold\":2", "\"ticketsSold\":3")));
		});

		button(page, "Start the race").click();

		assertThat(page.locator("#verdict-title")).hasText("FAIL: the stored state is wrong");
		assertThat(page.locator("#checks .fails").first()).containsText("3 tickets stored as sold; expected 2.");
		assertThat(page.locator("#race-outcome")).containsText("FAIL");
	}

	@Test
	void keepsATokenInMemoryOnly() {
		Page page = open("#/events/" + createEvent("Members only", 5));
		page.locator("#token summary").click();
		page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true)).fill("header.claims.signature");
		button(page, "Use this token").click();
		user(page).fill("ada");

		Request booking = page.waitForRequest("**/registrations/ada", () -> button(page, "Book a seat").click());

		assertThat(booking.headerValue("Authorization")).isEqualTo("Bearer header.claims.signature");
		assertThat(page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.href]"))
			.asString()
			.startsWith("[0, 0, , ")
			.doesNotContain("signature");
		assertThat(page.locator("#token-input")).hasValue("");
	}

	@Test
	void doesNotAnimateWhenReducedMotionIsPreferred() {
		Page page = open("#/events/" + createEvent("Meditation", 5));
		assertThat(page.locator("#connection")).hasText("Live");
		assertThat(page.locator(".lamp")).hasCSS("animation-name", "breathe");

		page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));

		assertThat(page.locator(".lamp")).hasCSS("animation-name", "none");
		assertThat(page.locator("#event-seats .fill")).hasCSS("transition-property", "none");
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void isAccessibleAndFitsAPhone(ColorScheme scheme) {
		chromium.expectErrors("status of 404");
		String event = createEvent("A title-without-spaces-that-is-longer-than-the-width-of-a-phone-screen", 1);
		book(event, "ada");
		for (String view : new String[] { "", "#/new", "#/race", "#/seats", "#/events/" + event,
				"#/events/" + event + "/edit", "#/events/unknown", "#/nowhere" }) {
			Page page = chromium.open(address(view), 360, 740, scheme);
			assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).not().hasText("…");

			chromium.expectAccessible(page);
			page.close();
		}
	}

}
