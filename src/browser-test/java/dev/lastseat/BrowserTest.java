package dev.lastseat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the packaged service and a browser for all tests of a class. A test fails on every
 * error of the web page that it does not expect by name.
 */
abstract class BrowserTest {

	@TempDir
	static Path directory;

	static int port;

	static PackagedProcess service;

	static Chromium chromium;

	private static Instant start = Instant.parse("2126-12-01T19:00:00Z");

	@BeforeAll
	static void start() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		startService();
		chromium = new Chromium();
	}

	static void startService() {
		service = PackagedProcess.start(directory, "--server.port=" + port).awaitReady();
	}

	@AfterAll
	static void stop() {
		chromium.close();
		service.close();
	}

	@AfterEach
	void endTest() {
		chromium.endTest();
	}

	static String address(String view) {
		return "http://127.0.0.1:" + port + "/" + view;
	}

	static Page open(String view) {
		return chromium.open(address(view), 1280, 860, ColorScheme.LIGHT);
	}

	/**
	 * Creates an event before all others in the list, so that it is on the first page.
	 * @return the id of the event
	 */
	static String createEvent(String title, int capacity) {
		start = start.minus(Duration.ofHours(1));
		return OtherClient.createEvent(service, title, start.toString(), null, capacity);
	}

	static void book(String event, String user) {
		OtherClient.book(service, event, user);
	}

	static Locator bar(Page page, String title) {
		return page.getByRole(AriaRole.METER, new Page.GetByRoleOptions().setName(title));
	}

	static Locator button(Page page, String name) {
		return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	static Locator link(Page page, String name) {
		return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	static Locator title(Page page) {
		return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
	}

}
