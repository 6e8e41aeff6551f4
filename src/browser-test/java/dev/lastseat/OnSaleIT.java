package dev.lastseat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The opening and the closing of a sale, holds and parties.
 */
class OnSaleIT extends BrowserTest {

	/** The file whose responses tell the exact time of the service. */
	private static final String CLOCK_FILE = "**/page/icon.svg";

	/** The colour of a number of seats that cannot be booked. */
	private static final String SOFT = "rgb(85, 98, 92)";

	private static String createSale(String title, int capacity, String sale) {
		return OtherClient.createSale(service, title, capacity, sale);
	}

	private static String opening(Instant instant) {
		return "\"salesOpenAt\": \"" + instant + '"';
	}

	private static String closing(Instant instant) {
		return "\"salesCloseAt\": \"" + instant + '"';
	}

	/**
	 * Opens an event on a device whose clock differs from that of the service. The test
	 * can advance the clock and the timers of the device.
	 */
	private static Page openOnDevice(String event, Duration difference) {
		Page page = open("#/events/" + event);
		page.clock().install(new Clock.InstallOptions().setTime(Instant.now().plus(difference).toEpochMilli()));
		page.reload();
		assertThat(page.locator("#connection")).hasText("Live");
		return page;
	}

	private static Locator countdown(Page page) {
		return page.locator("#booking .opening");
	}

	private static Locator outcome(Page page) {
		return page.locator("#booking-outcome");
	}

	private static Locator hold(Page page) {
		return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(Pattern.compile("hold")));
	}

	private static Locator registered(Page page) {
		return page.locator("#registered");
	}

	private static void enter(Page page, String user) {
		page.locator("#user").fill(user);
		page.locator("#user").blur();
	}

	private static Page hold(String event, String user) {
		Page page = open("#/events/" + event);
		page.locator("#user").fill(user);
		button(page, "Hold a seat").click();
		assertThat(hold(page)).containsText(user + " holds a seat until");
		return page;
	}

	private static Page party(String event, String... users) {
		Page page = open("#/events/" + event);
		page.locator("#party-users").fill(String.join("\n", users));
		button(page, "Book for all").click();
		return page;
	}

	private static String stored(String path) {
		return service.send("GET", OtherClient.EVENTS + "/" + path, "");
	}

	@Test
	void countsDownByTheClockOfTheService() {
		String event = createSale("Opera", 5, opening(Instant.now().plus(Duration.ofHours(1))));

		Page page = openOnDevice(event, Duration.ofHours(3));

		assertThat(countdown(page)).hasText(Pattern.compile("Opens in (1:00:00|5\\d:\\d\\d)"));
		assertThat(page.locator("#booking-note")).containsText("The sale opens on ");
		assertThat(button(page, "Book a seat")).isHidden();
		assertThat(button(page, "Hold a seat")).isHidden();
		assertThat(button(page, "Book for all")).isHidden();
		page.locator("#user").fill("ada");
		page.keyboard().press("Enter");
		assertThat(outcome(page)).hasText("The sale of this event has not opened yet.");
		chromium.expectAccessible(page);
		chromium.screenshot(page, "before-the-opening");
	}

	/**
	 * The timer of the device runs ahead of the service, which therefore refuses.
	 */
	@Test
	void becomesTheButtonAtTheOpeningAndACountdownAgainWhenRefused() {
		chromium.expectErrors("status of 409");
		String event = createSale("Operetta", 5, opening(Instant.now().plus(Duration.ofHours(1))));
		Page page = openOnDevice(event, Duration.ZERO);
		page.route(CLOCK_FILE, (route) -> route.fulfill(new Route.FulfillOptions().setStatus(200)));
		page.locator("#user").fill("ada");

		page.clock().fastForward("30:00");
		assertThat(countdown(page)).hasText(Pattern.compile("Opens in (30:00|2\\d:\\d\\d)"));
		assertThat(button(page, "Book a seat")).isHidden();
		page.clock().fastForward("31:00");

		assertThat(button(page, "Book a seat")).isVisible();
		assertThat(button(page, "Book for all")).isVisible();
		assertThat(countdown(page)).isHidden();
		assertThat(outcome(page)).hasText("The sale is open.");
		button(page, "Book a seat").click();
		assertThat(outcome(page)).hasText("The sale of this event has not opened yet. Nothing was changed.");
		assertThat(countdown(page)).hasText(Pattern.compile("Opens in 5\\d:\\d\\d"));
		assertThat(button(page, "Book a seat")).isHidden();
	}

	@Test
	void booksAfterTheRealOpening() {
		String event = createSale("Overture", 5, opening(Instant.now().plus(Duration.ofHours(1))));
		Page page = open("#/events/" + event);
		page.locator("#user").fill("ada");
		assertThat(countdown(page)).isVisible();
		Instant opening = Instant.now().plusSeconds(4);

		OtherClient.change(service, event, '{' + opening(opening) + '}');
		button(page, "Book a seat").click();

		assertThat(outcome(page)).hasText("Booked. ada has a seat.");
		assertThat(Instant.now()).isAfter(opening);
	}

	@Test
	void findsTheTimeOfTheServiceBeforeTheOpeningAndIsNeverAhead() {
		String event = createSale("Prelude", 5, opening(Instant.now().plus(Duration.ofHours(1))));
		Page page = open("#/events/" + event);
		assertThat(countdown(page)).isVisible();

		page.waitForRequest(CLOCK_FILE,
				() -> OtherClient.change(service, event, '{' + opening(Instant.now().plusSeconds(9)) + '}'));
		assertThat(button(page, "Book a seat")).isVisible();

		Number time = (Number) page.evaluate("import('/page/clock.js').then((clock) => clock.serverNow())");
		assertThat(time.longValue()).isLessThanOrEqualTo(System.currentTimeMillis());
	}

	@Test
	void offersNothingAfterTheClosing() {
		String event = createSale("Finale", 5, closing(Instant.now().plus(Duration.ofHours(1))));
		Page page = hold(event, "ada");
		assertThat(page.locator("#booking-note")).containsText("The sale closes on ");

		OtherClient.change(service, event, '{' + closing(Instant.parse("2026-01-01T00:00:00Z")) + '}');

		assertThat(page.locator("#booking-note"))
			.hasText("The sale of this event is closed. A seat that is held can still be confirmed.");
		assertThat(button(page, "Book a seat")).isHidden();
		assertThat(page.locator("#party")).isHidden();
		chromium.expectAccessible(page);
		page.locator("#user").fill("bob");
		page.keyboard().press("Enter");
		assertThat(outcome(page)).containsText("The sale of this event is closed.");
		button(page, "Confirm the booking").click();
		assertThat(outcome(page)).hasText("Confirmed. ada has a seat.");
	}

	@Test
	void holdsASeatAndConfirmsIt() {
		String event = createSale("Quartet", 4, "\"holdSeconds\": 600");
		book(event, "bob");

		Page page = hold(event, "ada");

		assertThat(page.locator("#hold-left")).hasText(Pattern.compile("10:00|9:\\d\\d"));
		assertThat(outcome(page)).hasText("Held a seat for ada.");
		assertThat(bar(page, "Quartet")).hasAttribute("aria-valuetext", "2 of 4 seats left, 1 held");
		assertThat(page.locator("#event-seats .legend")).hasText("1 held1 sold");
		chromium.expectAccessible(page);
		chromium.screenshot(page, "hold");
		assertThat(button(page, "Hold a seat")).isHidden();
		assertThat(page.locator("#hold-title")).isFocused();

		button(page, "Confirm the booking").press("Enter");

		assertThat(outcome(page)).hasText("Confirmed. ada has a seat.");
		assertThat(hold(page)).isHidden();
		assertThat(registered(page)).hasText("You have a seat: ada is registered.");
		assertThat(page.locator("#booking-title")).isFocused();
		assertThat(bar(page, "Quartet")).hasAttribute("aria-valuetext", "2 of 4 seats left");
		assertThat(stored(event + "/registrations/ada")).startsWith("200");
	}

	@Test
	void givesASeatBack() {
		String event = createSale("Quintet", 1, "\"holdSeconds\": 600");
		Page page = hold(event, "ada");
		assertThat(bar(page, "Quintet")).hasAttribute("aria-valuetext", "0 of 1 seat left, 1 held");
		assertThat(page.locator("#event-seats .of")).hasText("of 1 seat left. 1 seat is held and may become free.");

		button(page, "Give the seat back").click();

		assertThat(outcome(page)).hasText("Given back. ada no longer holds a seat.");
		assertThat(hold(page)).isHidden();
		assertThat(stored(event + "/holds/ada")).startsWith("404");
		OtherClient.hold(service, event, "bob");
		chromium.expectErrors("status of 409");
		button(page, "Hold a seat").click();
		assertThat(outcome(page)).hasText("Sold out. Every seat was taken when the booking was decided.");
		assertThat(hold(page)).isHidden();
	}

	@Test
	void saysThatAHoldHasExpiredAndHoldsAgain() {
		String event = createSale("Sextet", 1, "\"holdSeconds\": 10");
		Page page = hold(event, "ada");
		page.locator("#hold-release").focus();

		assertThat(hold(page)).containsText("The hold of ada has expired");

		assertThat(button(page, "Give the seat back")).isHidden();
		assertThat(button(page, "Hold again")).isFocused();
		chromium.expectAccessible(page);
		chromium.screenshot(page, "expired-hold");
		OtherClient.hold(service, event, "bob");
		chromium.expectErrors("status of 409");
		button(page, "Confirm the booking").click();
		assertThat(outcome(page)).hasText("Sold out. Every seat was taken when the booking was decided.");
		service.send("DELETE", OtherClient.EVENTS + "/" + event + "/holds/bob", "");
		button(page, "Hold again").click();
		assertThat(outcome(page)).hasText("Held a seat for ada.");
		assertThat(hold(page)).containsText("ada holds a seat until");
	}

	@Test
	void confirmsAnExpiredHoldWhileTheSeatIsFree() {
		String event = createSale("Septet", 1, "\"holdSeconds\": 10");
		Page page = hold(event, "ada");
		assertThat(hold(page)).containsText("The hold of ada has expired");

		button(page, "Confirm the booking").click();

		assertThat(outcome(page)).hasText("Confirmed. ada has a seat.");
		assertThat(stored(event + "/registrations/ada")).startsWith("200");
	}

	@Test
	void announcesTheLastMinuteOfAHold() {
		String event = createSale("Octet", 1, "\"holdSeconds\": 600");
		Page page = openOnDevice(event, Duration.ZERO);
		page.locator("#user").fill("ada");
		button(page, "Hold a seat").click();
		assertThat(page.locator("#hold-note")).hasText("Confirm the booking before the time is over.");

		page.clock().fastForward("09:15");

		assertThat(page.locator("#hold-note")).hasText("Less than a minute left to confirm.");
		page.clock().fastForward("01:00");
		assertThat(hold(page)).containsText("The hold of ada has expired");
	}

	@Test
	void showsAHoldAfterAReloadAndAfterBack() {
		String event = createSale("Nonet", 2, "\"holdSeconds\": 600");
		Page page = hold(event, "ada");

		page.reload();
		assertThat(hold(page)).containsText("ada holds a seat until");
		assertThat(page.locator("#user")).hasValue("ada");
		link(page, "My seats").click();
		assertThat(title(page)).hasText("My seats");
		page.goBack();
		assertThat(hold(page)).containsText("ada holds a seat until");

		book(event, "ada");
		page.reload();
		assertThat(bar(page, "Nonet")).hasAttribute("aria-valuetext", "1 of 2 seats left");
		assertThat(hold(page)).isHidden();
	}

	@Test
	void hidesTheHoldOfAUserWhoBooks() {
		String event = createSale("Duet", 2, "\"holdSeconds\": 600");
		Page page = hold(event, "ada");

		button(page, "Book a seat").click();

		assertThat(outcome(page)).hasText("Booked. ada has a seat.");
		assertThat(hold(page)).isHidden();
		assertThat(bar(page, "Duet")).hasAttribute("aria-valuetext", "1 of 2 seats left");
	}

	@Test
	void showsTheHoldOfAnEnteredUser() {
		String event = createSale("Trio", 3, "\"holdSeconds\": 600");
		OtherClient.hold(service, event, "ada");
		Page page = open("#/events/" + event);

		enter(page, "ada");

		assertThat(hold(page)).containsText("ada holds a seat until");
		assertThat(page.locator("#hold-left")).hasText(Pattern.compile("10:00|9:\\d\\d"));
		assertThat(button(page, "Hold a seat")).isHidden();
		assertThat(button(page, "Book a seat")).isVisible();
		chromium.expectAccessible(page);
		page.locator("#user").fill("eve");
		assertThat(button(page, "Hold a seat")).isVisible();
	}

	@Test
	void holdsOnceForAUserWhoHasHeldElsewhere() {
		String event = createSale("Chorus", 3, "\"holdSeconds\": 600");
		Page page = open("#/events/" + event);
		page.waitForResponse("**/users/ada", () -> enter(page, "ada"));
		OtherClient.hold(service, event, "ada");

		button(page, "Hold a seat").click();

		assertThat(outcome(page)).hasText("ada holds a seat already. The time is not extended.");
	}

	@Test
	void showsTheTicketOfAnEnteredUser() {
		String event = createEvent("Solo", 3);
		book(event, "ada");
		Page page = open("#/events/" + event);
		assertThat(button(page, "Book a seat")).isVisible();

		enter(page, "ada");

		assertThat(registered(page)).hasText("You have a seat: ada is registered.");
		assertThat(button(page, "Book a seat")).isHidden();
		assertThat(button(page, "Hold a seat")).isHidden();
		chromium.expectAccessible(page);
		chromium.screenshot(page, "ticket");
		page.reload();
		assertThat(registered(page)).hasText("You have a seat: ada is registered.");
		assertThat(page.locator("#user")).hasValue("ada");
		enter(page, "eve");
		assertThat(registered(page)).isEmpty();
		assertThat(button(page, "Book a seat")).isVisible();
		page.reload();
		assertThat(page.locator("#user")).hasValue("eve");
		enter(page, "ada");
		button(page, "Cancel the booking").click();
		assertThat(outcome(page)).hasText("Cancelled. ada no longer has a ticket for this event.");
		assertThat(registered(page)).isEmpty();
		assertThat(button(page, "Book a seat")).isVisible();
	}

	@Test
	void saysInTheListWhenASaleOpensAndThatItIsClosed() {
		String event = createEvent("Matinee", 4);
		OtherClient.change(service, event, '{' + opening(Instant.parse("2126-11-01T10:00:00Z")) + '}');
		Page page = open("");
		Locator card = page.locator(".card", new Page.LocatorOptions().setHasText("Matinee"));
		Locator left = card.locator(".left");

		assertThat(card.locator(".sale")).hasText(Pattern.compile("Opens .*2126.*10:00:00 AM UTC"));
		assertThat(left).hasCSS("color", SOFT);
		chromium.expectAccessible(page);
		OtherClient.change(service, event, '{' + opening(Instant.now().plusSeconds(5)) + '}');
		assertThat(card.locator(".sale")).hasCount(0);
		assertThat(left).not().hasCSS("color", SOFT);
		OtherClient.change(service, event,
				"{\"salesOpenAt\": null, " + closing(Instant.parse("2026-01-01T00:00:00Z")) + '}');
		assertThat(card.locator(".sale")).hasText("Sale closed");
		assertThat(left).hasCSS("color", SOFT);
		page.navigate(address("#/events/" + event));
		assertThat(page.locator("#event-seats .left")).hasCSS("color", SOFT);
	}

	@Test
	void booksAPartyAndSaysWhoHadATicket() {
		String event = createEvent("Picnic", 4);
		book(event, "bob");

		Page page = party(event, "ada", "bob", "eve");

		assertThat(page.locator("#party-outcome")).hasText("Booked: ada, eve. Had a ticket already: bob.");
		assertThat(bar(page, "Picnic")).hasAttribute("aria-valuenow", "1");
		button(page, "Book for all").click();
		assertThat(page.locator("#party-outcome"))
			.hasText("No seat was needed. Had a ticket already: ada, bob, eve.");
	}

	@Test
	void saysHowManySeatsRemainForAParty() {
		chromium.expectErrors("status of 409");
		String event = createEvent("Ferry", 5);
		book(event, "bob");
		OtherClient.hold(service, event, "eve");

		Page page = party(event, "ada", "kim", "lee", "mia");

		assertThat(page.locator("#party-outcome"))
			.hasText("Only 3 seats remain, too few for this party. Nothing was changed.");
		assertThat(stored(event + "/registrations")).contains("\"userIds\":[\"bob\"]");
		chromium.expectAccessible(page);
		chromium.screenshot(page, "party-that-does-not-fit");
	}

	@Test
	void rejectsAPartyThatIsNotAListOfUsers() {
		Page page = party(createEvent("Trip", 60));
		List<String> requests = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> requests.add(request.method()));
		Locator outcome = page.locator("#party-outcome");
		assertThat(outcome).hasText("Enter the user ids, one on each line.");

		page.locator("#party-users").fill("ada\nbob\nada");
		button(page, "Book for all").click();
		assertThat(outcome).hasText("ada is in the list more than once.");
		page.locator("#party-users").fill("ada\nZoë");
		button(page, "Book for all").click();
		assertThat(outcome).containsText("Zoë is not a user id: ");
		page.locator("#party-users")
			.fill(IntStream.range(0, 51).mapToObj((index) -> "user-" + index).collect(Collectors.joining("\n")));
		button(page, "Book for all").click();
		assertThat(outcome).hasText("These are 51 user ids. A party has up to 50.");

		assertThat(page.locator("#party-users")).isFocused();
		assertThat(page.locator("#party-users")).hasAttribute("aria-invalid", "true");
		assertThat(requests).doesNotContain("PUT");
	}

	@Test
	void showsHeldAndSoldSeatsOfOtherUsersInTheList() {
		String event = createEvent("Regatta", 4);
		Page page = open("");
		assertThat(page.locator("#connection")).hasText("Live");
		Locator card = page.locator(".card", new Page.LocatorOptions().setHasText("Regatta"));
		assertThat(card.locator(".legend")).isHidden();

		book(event, "ada");
		OtherClient.hold(service, event, "bob");
		OtherClient.hold(service, event, "eve");

		assertThat(bar(page, "Regatta")).hasAttribute("aria-valuetext", "1 of 4 seats left, 2 held");
		assertThat(card.locator(".legend")).hasText("2 held1 sold");
		assertThat(card.locator(".bar .held")).hasAttribute("style", "width: 50%;");
		assertThat(card.locator(".bar .sold")).hasAttribute("style", "width: 25%;");
		chromium.expectAccessible(page);
	}

	@Test
	void createsAndEditsTheTermsOfASale() {
		chromium.expectErrors("status of 400");
		Page page = open("#/new");
		page.locator("#title").fill("Gala");
		page.locator("#startsAt").fill("2126-12-01T19:00");
		page.locator("#capacity").fill("30");
		page.getByLabel("Sale opens").fill("2126-11-01T09:00:05");
		page.getByLabel("Sale closes").fill("2126-10-01T09:00");
		page.getByLabel("Length of a hold").fill("5");

		button(page, "Create the event").click();
		assertThat(page.locator("#salesCloseAt-error")).hasText("This field must be after the opening of the sale.");
		assertThat(page.locator("#holdSeconds-error"))
			.hasText("This field must be a whole number from 10 to 86,400.");
		assertThat(page.locator("#salesCloseAt")).isFocused();
		page.getByLabel("Sale closes").fill("2126-11-30T09:00");
		page.getByLabel("Length of a hold").fill("300");
		page.getByLabel("Length of an offer").fill("900");
		button(page, "Create the event").click();

		assertThat(title(page)).hasText("Gala");
		String event = page.url().replaceAll(".*/", "");
		assertThat(stored(event)).contains("\"salesOpenAt\":\"2126-11-01T09:00:05Z\"",
				"\"salesCloseAt\":\"2126-11-30T09:00:00Z\"", "\"holdSeconds\":300", "\"offerSeconds\":900");
		link(page, "Edit, cancel or delete this event").click();
		assertThat(page.getByLabel("Sale opens")).hasValue("2126-11-01T09:00:05");
		page.getByLabel("Sale opens").fill("");
		page.getByLabel("Length of a hold").fill("");
		page.getByLabel("Length of an offer").fill("");
		button(page, "Save the changes").click();
		assertThat(button(page, "Book a seat")).isVisible();
		assertThat(stored(event)).contains("\"salesOpenAt\":null", "\"salesCloseAt\":\"2126-11-30T09:00:00Z\"",
				"\"holdSeconds\":null", "\"offerSeconds\":null");
	}

	@Test
	void namesTheZoneAndTheSecondOfTheOpening() {
		String event = createSale("Abend", 3, opening(Instant.parse("2126-12-01T18:00:05Z")));
		try (Chromium german = new Chromium("de-DE", "Europe/Berlin")) {
			Page page = german.open(address("#/events/" + event), 1280, 860, ColorScheme.LIGHT);

			assertThat(page.locator("#booking-note time")).hasText("So., 1. Dez. 2126, 19:00:05 MEZ");
			assertThat(page.locator("#booking-note time")).hasAttribute("lang", "de-DE");
			german.endTest();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void isAccessibleAndFitsAPhone(ColorScheme scheme) {
		String before = createSale("Soon", 3, opening(Instant.parse("2126-11-01T10:00:00Z")));
		String open = createSale("Now", 3, "\"holdSeconds\": 600");
		Page page = chromium.open(address("#/events/" + before), 360, 740, scheme);
		assertThat(countdown(page)).containsText("days");
		chromium.expectAccessible(page);

		page.navigate(address("#/events/" + open));
		page.locator("#user").fill("a-user-id-without-spaces-that-is-longer-than-the-width-of-a-phone-screen");
		button(page, "Hold a seat").click();
		assertThat(hold(page)).isVisible();
		chromium.expectAccessible(page);
	}

}
