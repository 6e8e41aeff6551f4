package dev.lastseat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
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
 * The waiting list and its offers.
 */
class WaitingListIT extends BrowserTest {

	/** The standing of a user, as JSON or as a stream. */
	private static final String STANDING = "**/users/*";

	/** Records what a web page asks for and what it notifies of. */
	private static final String NOTIFICATIONS = """
			window.notified = [];
			window.asked = 0;
			window.Notification = class {
			  static permission = "default";
			  static requestPermission() {
			    window.asked += 1;
			    Notification.permission = "granted";
			    return Promise.resolve("granted");
			  }
			  constructor(title, { body }) { window.notified.push(body); }
			  close() { window.notified.push("closed"); }
			};
			""";

	private static final String HIDE = """
			Object.defineProperty(document, "hidden", { value: true, configurable: true });
			document.dispatchEvent(new Event("visibilitychange"));
			""";

	/**
	 * @return the id of an event with one seat, which has been sold
	 */
	private static String createSoldOut(String title) {
		String event = OtherClient.createSale(service, title, 1, "\"offerSeconds\": 600");
		book(event, "bob");
		return event;
	}

	private static void freeTheSeat(String event) {
		OtherClient.release(service, event, "bob");
	}

	private static void join(String event, String user) {
		OtherClient.join(service, event, user);
	}

	private static void leave(String event, String user) {
		OtherClient.leave(service, event, user);
	}

	private static String send(String method, String path) {
		return service.send(method, OtherClient.EVENTS + "/" + path, "");
	}

	private static Page waiting(String event, String user) {
		Page page = open("#/events/" + event);
		join(page, user);
		return page;
	}

	private static void join(Page page, String user) {
		page.locator("#user").fill(user);
		button(page, "Join the waiting list").click();
		assertThat(place(page)).containsText(user + " is in the waiting list");
	}

	private static Locator place(Page page) {
		return group(page, "is in the waiting list");
	}

	private static Locator offer(Page page) {
		return group(page, "offer");
	}

	private static Locator group(Page page, String name) {
		return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
	}

	private static Locator outcome(Page page) {
		return page.locator("#booking-outcome");
	}

	/**
	 * Loads the web page again on a device whose clock and timers the test can advance.
	 */
	private static void controlClock(Page page) {
		page.clock().install(new Clock.InstallOptions().setTime(Instant.now().toEpochMilli()));
		page.reload();
		assertThat(page.locator("#connection")).hasText("Live");
	}

	@Test
	void offersToJoinASoldOutEventAndShowsTheLivePosition() {
		String event = OtherClient.createEvent(service, "Aria", 1);
		Page page = open("#/events/" + event);
		assertThat(page.locator("#connection")).hasText("Live");
		assertThat(button(page, "Join the waiting list")).isHidden();
		book(event, "bob");
		join(event, "eve");

		join(page, "ada");

		assertThat(outcome(page)).hasText("ada has joined the waiting list.");
		assertThat(page.locator("#waiting-position")).hasText("2 of 2");
		assertThat(button(page, "Join the waiting list")).isHidden();
		assertThat(bar(page, "Aria")).hasAttribute("aria-valuetext", "Sold out, 1 seat, 2 waiting");
		assertThat(page.locator("#event-seats .legend")).hasText("0 held1 sold2 waiting");
		join(event, "kim");
		assertThat(page.locator("#waiting-position")).hasText("2 of 3");
		leave(event, "eve");
		assertThat(page.locator("#waiting-position")).hasText("1 of 2");
		chromium.expectAccessible(page);
		chromium.screenshot(page, "waiting");
		page.locator("#user").fill("lee");
		assertThat(button(page, "Join the waiting list")).isVisible();
	}

	@Test
	void leavesTheList() {
		String event = createSoldOut("Ballad");
		Page page = waiting(event, "ada");

		button(page, "Leave the waiting list").press("Enter");

		assertThat(outcome(page)).hasText("ada has left the waiting list.");
		assertThat(place(page)).isHidden();
		assertThat(page.locator("#booking-title")).isFocused();
		assertThat(bar(page, "Ballad")).hasAttribute("aria-valuetext", "Sold out, 1 seat");
		assertThat(send("GET", event + "/users/ada")).contains("\"state\":\"none\"");
	}

	@Test
	void showsAnOfferWithItsCountdownAndConfirmsIt() {
		String event = createSoldOut("Cantata");
		Page page = waiting(event, "ada");
		page.locator("#waiting-leave").focus();

		freeTheSeat(event);

		assertThat(offer(page)).containsText("A seat is offered to ada until");
		assertThat(page.locator("#hold-left")).hasText(Pattern.compile("10:00|9:\\d\\d"));
		assertThat(place(page)).isHidden();
		assertThat(page.locator("#hold-title")).isFocused();
		assertThat(page).hasTitle("Seat offered · Cantata · Lastseat");
		chromium.expectAccessible(page);
		chromium.screenshot(page, "offer");
		button(page, "Confirm the booking").click();

		assertThat(outcome(page)).hasText("Confirmed. ada has a seat.");
		assertThat(offer(page)).isHidden();
		assertThat(page).hasTitle("Cantata · Lastseat");
		assertThat(send("GET", event + "/registrations/ada")).startsWith("200");
	}

	@Test
	void declinesAnOfferForTheNextUser() {
		String event = createSoldOut("Duo");
		Page page = waiting(event, "ada");
		join(event, "eve");
		freeTheSeat(event);

		button(page, "Decline the offer").click();

		assertThat(outcome(page)).hasText("Declined. The seat is offered to the next user.");
		assertThat(offer(page)).isHidden();
		assertThat(page).hasTitle("Duo · Lastseat");
		assertThat(send("GET", event + "/users/eve")).contains("\"state\":\"offered\"");
		assertThat(button(page, "Join the waiting list")).isVisible();
	}

	/**
	 * The clock of the device runs ahead of the service, which still has the offer.
	 */
	@Test
	void saysThatAnOfferHasExpiredAndJoinsAgain() {
		chromium.expectErrors("status of 409");
		String event = createSoldOut("Elegy");
		Page page = waiting(event, "ada");
		controlClock(page);
		freeTheSeat(event);
		button(page, "Decline the offer").focus();

		page.clock().fastForward("10:01");

		assertThat(offer(page)).containsText("The offer to ada has expired");
		assertThat(button(page, "Join the waiting list again")).isFocused();
		assertThat(button(page, "Confirm the booking")).isHidden();
		assertThat(page).hasTitle("Elegy · Lastseat");
		chromium.expectAccessible(page);
		chromium.screenshot(page, "expired-offer");
		button(page, "Join the waiting list again").click();
		assertThat(outcome(page)).hasText("A seat is kept for ada already.");
		assertThat(offer(page)).containsText("A seat is offered to ada until");

		page.clock().fastForward("10:01");
		assertThat(offer(page)).containsText("The offer to ada has expired");
		send("DELETE", event + "/holds/ada");
		book(event, "eve");
		button(page, "Join the waiting list again").click();
		assertThat(outcome(page)).hasText("ada has joined the waiting list.");
		assertThat(place(page)).containsText("1 of 1");
	}

	@Test
	void saysThatTheServiceHasExpiredAnOffer() {
		String event = createSoldOut("Fugue");
		Page page = waiting(event, "ada");
		String standing = "event:standing%ndata:{\"eventId\":\"" + event + "\",\"userId\":\"ada\",\"state\":\"%s\"%s}%n%n";
		page.route(STANDING, (route) -> {
			// The clock of the web page may be a second behind.
			String offered = standing.formatted("offered", ",\"expiresAt\":\"" + Instant.now().plusMillis(500) + '"');
			route.fulfill(new Route.FulfillOptions().setContentType("text/event-stream")
				.setBody(offered + standing.formatted("none", "")));
		});

		page.reload();

		assertThat(offer(page)).containsText("The offer to ada has expired");
		page.reload();
		assertThat(offer(page)).containsText("The offer to ada has expired");
	}

	@Test
	void showsThePlaceAndTheOfferAfterAReload() {
		String event = createSoldOut("Gavotte");
		Page page = waiting(event, "ada");
		page.route(STANDING, (route) -> {
			// No response: the web page shows what it knows.
		});
		page.reload();
		assertThat(place(page)).containsText("1 of 1");
		assertThat(page.locator("#user")).hasValue("ada");
		freeTheSeat(event);
		page.unroute(STANDING);

		page.reload();

		assertThat(offer(page)).containsText("A seat is offered to ada until");
		page.route(STANDING, (route) -> {
			// No response.
		});
		page.reload();
		assertThat(offer(page)).containsText("A seat is offered to ada until");
		assertThat(page).hasTitle("Seat offered · Gavotte · Lastseat");
	}

	@Test
	void followsThePlaceOfAnEnteredUser() {
		String event = createSoldOut("Galop");
		join(event, "ada");
		Page page = open("#/events/" + event);
		assertThat(button(page, "Join the waiting list")).isVisible();

		page.locator("#user").fill("ada");
		page.locator("#user").blur();

		assertThat(place(page)).containsText("1 of 1");
		assertThat(button(page, "Join the waiting list")).isHidden();
		page.reload();
		assertThat(place(page)).containsText("1 of 1");
		assertThat(page.locator("#user")).hasValue("ada");
		freeTheSeat(event);
		assertThat(offer(page)).containsText("A seat is offered to ada until");
		assertThat(button(page, "Hold a seat")).isHidden();
	}

	@Test
	void noticesAnOfferWhileAnotherTabIsShown() {
		String event = createSoldOut("Hymn");
		Page page = open("#/events/" + event);
		page.addInitScript(NOTIFICATIONS);
		page.reload();
		join(page, "ada");
		assertThat(page.evaluate("asked")).isEqualTo(0);
		button(page, "Notify me of an offer").click();
		assertThat(button(page, "Notify me of an offer")).isHidden();
		assertThat(page.locator("#waiting-leave")).isFocused();
		assertThat(page.evaluate("asked")).isEqualTo(1);
		page.evaluate(HIDE);

		freeTheSeat(event);

		assertThat(page).hasTitle("Seat offered · Hymn · Lastseat");
		assertThat(page.evaluate("notified").toString()).contains("Hymn", "is offered to ada.");
		send("PUT", event + "/registrations/ada");
		assertThat(page).hasTitle("Hymn · Lastseat");
		assertThat(page.evaluate("notified").toString()).contains("closed");
		assertThat(outcome(page)).hasText("ada has a ticket for this event.");
	}

	@Test
	void linksAnOfferInOtherViews() {
		String event = createSoldOut("Idyll");
		Page page = waiting(event, "ada");
		link(page, "My seats").click();
		assertThat(title(page)).hasText("My seats");

		freeTheSeat(event);

		assertThat(page).hasTitle("Seat offered · My seats · Lastseat");
		chromium.expectAccessible(page);
		page.locator("#offers a").click();
		assertThat(offer(page)).containsText("A seat is offered to ada until");
		assertThat(page.locator("#offers")).isEmpty();
	}

	@Test
	void showsInOneTabWhatWasDoneInAnother() {
		String event = createSoldOut("Jig");
		Page page = waiting(event, "ada");
		Page other = open("#/events/" + event);
		join(other, "ada");
		assertThat(outcome(other)).hasText("ada is in the waiting list already, and keeps the place.");

		button(other, "Leave the waiting list").click();
		assertThat(outcome(page)).containsText("ada is no longer in the waiting list.");
		assertThat(place(page)).isHidden();
		join(page, "ada");
		join(other, "ada");
		freeTheSeat(event);
		button(other, "Confirm the booking").click();

		assertThat(outcome(page)).hasText("ada has a ticket for this event.");
		assertThat(offer(page)).isHidden();
	}

	/**
	 * A browser has six connections to a server, for all of its tabs.
	 */
	@Test
	void leavesConnectionsToOtherTabs() {
		String event = createSoldOut("Largo");
		List<Page> tabs = IntStream.range(0, 6).mapToObj((index) -> {
			Page page = waiting(event, "user-" + index);
			page.evaluate(HIDE);
			return page;
		}).toList();

		Page page = open("");
		assertThat(page.locator("#connection")).hasText("Live");
		assertThat(bar(page, "Largo")).hasAttribute("aria-valuetext", "Sold out, 1 seat, 6 waiting");

		tabs.get(0).close();
		leave(event, "user-0");
		leave(event, "user-1");
		freeTheSeat(event);
		assertThat(tabs.get(2)).hasTitle("Seat offered · Largo · Lastseat");
	}

	@Test
	void sendsTheTokenWithTheStream() {
		String event = createSoldOut("March");
		Page page = open("#/events/" + event);
		List<String> tokens = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> {
			if (request.url().endsWith("/users/ada")) {
				tokens.add(request.headers().get("authorization"));
			}
		});
		page.locator("#token summary").click();
		page.locator("#token-input").fill("head.body.signature");
		button(page, "Use this token").click();

		join(page, "ada");

		freeTheSeat(event);
		assertThat(offer(page)).isVisible();
		assertThat(tokens).isNotEmpty().containsOnly("Bearer head.body.signature");
	}

	@Test
	void asksForATokenAndFollowsThePlaceWithIt() {
		chromium.expectErrors("status of 401");
		String event = createSoldOut("Minuet");
		Page page = waiting(event, "ada");
		page.route(STANDING, (route) -> {
			if (route.request().headers().containsKey("authorization")) {
				route.resume();
			}
			else {
				route.fulfill(new Route.FulfillOptions().setStatus(401));
			}
		});
		page.reload();
		assertThat(page.locator("#token-input")).isVisible();
		assertThat(place(page)).containsText("1 of 1");

		page.locator("#token-input").fill("head.body.signature");
		button(page, "Use this token").click();
		freeTheSeat(event);

		assertThat(offer(page)).containsText("A seat is offered to ada until");
	}

	@Test
	void showsHoldsTheListAndTheJournalToAnOrganiser() {
		String event = createSoldOut("Nocturne");
		IntStream.range(0, 45).forEach((index) -> join(event, "user-" + index));
		freeTheSeat(event);
		Page page = open("#/events/" + event);

		link(page, "Holds, waiting list and journal").click();

		assertThat(title(page)).hasText("Holds, waiting list and journal");
		assertThat(page.locator("#holds tbody tr")).hasText(Pattern.compile("user-0offer.+"));
		Locator list = page.locator("#waiting-list tbody tr");
		assertThat(list).hasCount(20);
		assertThat(list.first()).hasText("1user-1");
		Locator journal = page.locator("#journal tbody tr");
		assertThat(journal.first()).hasText(Pattern.compile("41.+user-39joined the waiting list"));
		assertThat(journal.last()).hasText(Pattern.compile("48.+user-0was offered a seat"));
		chromium.expectAccessible(page);
		chromium.screenshot(page, "activity");
		page.locator("#waiting-list").getByText("Next page").click();
		assertThat(list.first()).hasText("21user-21");
		assertThat(page.locator("#waiting-list-title")).isFocused();
		page.locator("#journal").getByText("Previous page").click();
		assertThat(journal.first()).hasText(Pattern.compile("21.+user-19joined the waiting list"));
		page.locator("#journal").getByText("Last page").click();
		assertThat(journal.last()).hasText(Pattern.compile("48.+user-0was offered a seat"));

		send("DELETE", event + "/holds/user-0");

		assertThat(page.locator("#holds tbody tr")).hasText(Pattern.compile("user-1offer.+"));
		assertThat(list.first()).hasText("21user-22");
		assertThat(journal.last()).hasText(Pattern.compile("50.+user-1was offered a seat"));
		assertThat(bar(page, "Nocturne")).hasAttribute("aria-valuetext", "Sold out, 1 seat, 1 held, 43 waiting");
		link(page, "Nocturne").click();
		assertThat(title(page)).hasText("Nocturne");
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void isAccessibleAndFitsANarrowPhone(ColorScheme scheme) {
		String user = "a-user-id-without-spaces-that-is-longer-than-the-width-of-a-phone-screen";
		String event = createSoldOut("Overture");
		Page page = chromium.open(address("#/events/" + event), 320, 640, scheme);
		join(page, user);
		chromium.expectAccessible(page);

		freeTheSeat(event);
		assertThat(offer(page)).isVisible();
		chromium.expectAccessible(page);
		page.navigate(address("#/events/" + event + "/activity"));
		assertThat(page.locator("#journal")).containsText("was offered a seat");
		chromium.expectAccessible(page);
	}

}
