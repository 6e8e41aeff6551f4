package dev.lastseat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The web page of the client guide, {@code docs/client.html}. A server of another origin
 * delivers it.
 */
class ClientPageIT {

	private static final String REGISTRATION = "**/registrations/ada";

	private static final String STATUS = "**/status";

	/** Longer than the page waits before it repeats a request for the first time. */
	private static final String FIRST_DELAY = "00:06";

	@TempDir
	private static Path directory;

	private static HttpServer pages;

	private static PackagedProcess service;

	private static Chromium chromium;

	@BeforeAll
	static void start() throws IOException {
		pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		pages.createContext("/client.html", ClientPageIT::sendPage);
		pages.start();
		service = PackagedProcess
			.start(directory, "--server.port=0", "--lastseat.embedded.storage=memory",
					"--lastseat.web.cors.allowed-origins=" + origin())
			.awaitReady();
		chromium = new Chromium();
	}

	private static String origin() {
		return "http://127.0.0.1:" + pages.getAddress().getPort();
	}

	private static void sendPage(HttpExchange exchange) throws IOException {
		byte[] page = Files.readAllBytes(Path.of("docs", "client.html"));
		exchange.getResponseHeaders().set("Content-Type", "text/html");
		exchange.sendResponseHeaders(200, page.length);
		exchange.getResponseBody().write(page);
		exchange.close();
	}

	@AfterAll
	static void stop() {
		chromium.close();
		service.close();
		pages.stop(0);
	}

	@AfterEach
	void endTest() {
		chromium.endTest();
	}

	private static Page open(String event, String user) {
		return chromium.open(address(event, user), 800, 600, ColorScheme.LIGHT);
	}

	private static String address(String event, String user) {
		return origin() + "/client.html?service=" + service.address("") + "&event=" + event + "&user=" + user;
	}

	/**
	 * Opens the page with a clock that the test can advance, once it is live.
	 */
	private static Page openWithClock(String event, Consumer<Page> prepare) {
		Page page = chromium.open("about:blank", 800, 600, ColorScheme.LIGHT);
		page.clock().install(new Clock.InstallOptions().setTime(System.currentTimeMillis()));
		prepare.accept(page);
		page.navigate(address(event, "ada"));
		assertThat(standing(page)).hasText("You have no seat.");
		return page;
	}

	private static Locator seats(Page page) {
		return page.locator("#seats");
	}

	private static Locator standing(Page page) {
		return page.locator("#standing");
	}

	private static Locator outcome(Page page) {
		return page.locator("#outcome");
	}

	private static Locator repeating(Page page) {
		return page.locator("#repeating");
	}

	/**
	 * Answers in place of the service.
	 */
	private static void fail(Route route, int status, String code, String members) {
		route.fulfill(new Route.FulfillOptions().setStatus(status)
			.setContentType("application/problem+json")
			.setHeaders(Map.of("Access-Control-Allow-Origin", "*", "Access-Control-Expose-Headers", "Retry-After",
					"Retry-After", "1"))
			.setBody("{\"code\":\"%s\",\"retryable\":true%s}".formatted(code, members)));
	}

	@Test
	void holdsBooksAndWaits() {
		String event = OtherClient.createSale(service, "Waltz", 1, "\"holdSeconds\": 600, \"offerSeconds\": 600");
		Page ada = open(event, "ada");
		Page bob = open(event, "bob");
		assertThat(seats(ada)).hasText("1 of 1 seats left");

		BrowserTest.button(ada, "Hold a seat").click();

		assertThat(standing(ada)).hasText(Pattern.compile("A seat is kept for you for (600|5\\d\\d) s\\."));
		assertThat(seats(bob)).hasText("0 of 1 seats left");
		BrowserTest.button(bob, "Join the waiting list").click();
		assertThat(standing(bob)).hasText("You are number 1 of the waiting list.");
		BrowserTest.button(ada, "Book a seat").click();
		assertThat(standing(ada)).hasText("You have a ticket.");
		assertThat(outcome(ada)).hasText("Booked.");
		BrowserTest.button(ada, "Cancel the registration").click();
		assertThat(standing(ada)).hasText("You have no seat.");
		assertThat(standing(bob)).containsText("A seat is offered to you for");
		chromium.expectAccessible(bob);
		BrowserTest.button(bob, "Book a seat").click();
		assertThat(standing(bob)).hasText("You have a ticket.");
		assertThat(BrowserTest.button(ada, "Join the waiting list")).isVisible();

		service.send("DELETE", OtherClient.EVENTS + "/" + event + "?withRegistrations=true", "");
		assertThat(seats(ada)).hasText("This event was deleted.");
		assertThat(seats(bob)).hasText("This event was deleted.");
	}

	@Test
	void repeatsARequestUntilItIsDecided() {
		chromium.expectErrors("status of 503", "ERR_FAILED");
		String event = OtherClient.createEvent(service, "Polka", 1);
		Page page = openWithClock(event, (opened) -> {
		});
		List<Integer> answers = new CopyOnWriteArrayList<>();
		page.route(REGISTRATION, (route) -> {
			switch (answers.size()) {
				case 0 -> {
					answers.add(0);
					route.abort();
				}
				case 1 -> {
					// The service books, but the client does not get to know.
					answers.add(route.fetch().status());
					fail(route, 503, "outcome-unknown", "");
				}
				default -> {
					answers.add(route.fetch().status());
					route.resume();
				}
			}
		});

		BrowserTest.button(page, "Book a seat").click();
		assertThat(repeating(page)).hasText("The service cannot be reached. Trying again…");
		page.clock().fastForward(FIRST_DELAY);
		assertThat(repeating(page)).hasText("Not confirmed yet. Asking again…");
		page.clock().fastForward(FIRST_DELAY);

		assertThat(outcome(page)).hasText("Booked.");
		assertThat(repeating(page)).isEmpty();
		assertThat(standing(page)).hasText("You have a ticket.");
		assertThat(answers).containsExactly(0, 201, 200);
	}

	@Test
	void doesNotRepeatARefusedRequest() {
		chromium.expectErrors("status of 409");
		String event = OtherClient.createEvent(service, "Quadrille", 1);
		Page page = open(event, "ada");
		assertThat(BrowserTest.button(page, "Book a seat")).isVisible();
		List<String> requests = new CopyOnWriteArrayList<>();
		page.route(REGISTRATION, (route) -> {
			requests.add(route.request().method());
			// Another user is faster.
			OtherClient.book(service, event, "bob");
			route.resume();
		});

		BrowserTest.button(page, "Book a seat").click();

		assertThat(outcome(page)).hasText("Sold out. All seats were taken when the request was decided.");
		assertThat(BrowserTest.button(page, "Join the waiting list")).isVisible();
		assertThat(requests).containsExactly("PUT");
	}

	@Test
	void waitsForTheOpening() {
		chromium.expectErrors("status of 409");
		String event = OtherClient.createSale(service, "Rumba", 1, "\"salesOpenAt\": \"2126-11-01T10:00:00Z\"");
		Page page = openWithClock(event, (opened) -> {
		});

		BrowserTest.button(page, "Hold a seat").click();
		assertThat(repeating(page)).containsText("The sale opens at ");
		OtherClient.change(service, event, "{\"salesOpenAt\": null}");
		// The longest Retry-After.
		page.clock().fastForward("01:00:01");

		assertThat(standing(page)).containsText("A seat is kept for you for");
		assertThat(outcome(page)).hasText("Pay now, then book.");
	}

	@Test
	void opensARejectedStreamAgain() {
		chromium.expectErrors("status of 503");
		String event = OtherClient.createEvent(service, "Samba", 7);
		List<String> streams = new CopyOnWriteArrayList<>();
		Page page = openWithClock(event, (opened) -> opened.route(STATUS, (route) -> {
			String accepted = route.request().headers().get("accept");
			if (accepted.equals("text/event-stream")) {
				streams.add(accepted);
			}
			if (streams.size() == 1) {
				fail(route, 503, "overloaded", "");
			}
			else {
				route.resume();
			}
		}));
		assertThat(seats(page)).hasText("Loading");

		page.clock().fastForward(FIRST_DELAY);
		assertThat(repeating(page)).hasText("Many people want a seat. Trying again…");
		page.unroute(STATUS);
		page.clock().fastForward(FIRST_DELAY);

		assertThat(seats(page)).hasText("7 of 7 seats left");
	}

}
