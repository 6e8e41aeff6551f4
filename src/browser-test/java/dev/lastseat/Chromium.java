package dev.lastseat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Chromium of this machine, without a window, with a new profile and the normal cache.
 * Collects console errors, script errors and failed requests. Chromium reports blocked
 * resources as console errors.
 */
final class Chromium implements AutoCloseable {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	/** Paths of the usual packages. The variable LASTSEAT_CHROMIUM names another. */
	private static final List<String> EXECUTABLES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome");

	/** Milliseconds. Includes a restart of the service on a busy machine. */
	private static final double TIMEOUT = 60_000;

	private final Playwright playwright = Playwright
		.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

	private final Path profile = temporaryDirectory();

	private final BrowserContext browser;

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private final List<String> expected = new CopyOnWriteArrayList<>();

	private final List<String> allowed = new CopyOnWriteArrayList<>();

	Chromium() {
		this("en-US", "UTC");
	}

	Chromium(String language, String zone) {
		PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT);
		this.browser = this.playwright.chromium()
			.launchPersistentContext(this.profile,
					new BrowserType.LaunchPersistentContextOptions().setExecutablePath(executable())
						.setLocale(language)
						.setTimezoneId(zone));
		this.browser.setDefaultTimeout(TIMEOUT);
		this.browser.onWebError((error) -> this.errors.add("script: " + error.error()));
		this.browser.onRequestFailed(this::collectFailure);
		this.browser.onConsoleMessage((message) -> {
			if (message.type().equals("error")) {
				this.errors.add("console: " + message.text() + " at " + message.location());
			}
		});
	}

	private static Path temporaryDirectory() {
		try {
			return Files.createTempDirectory("lastseat-chromium");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path executable() {
		return Stream.concat(Stream.ofNullable(System.getenv("LASTSEAT_CHROMIUM")), EXECUTABLES.stream())
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new AssertionError(
					"No Chromium in " + EXECUTABLES + ": install one, or name it by LASTSEAT_CHROMIUM"));
	}

	/**
	 * Ignores streams that the web page closes itself: Chromium reports them as failed.
	 */
	private void collectFailure(Request request) {
		boolean closedByThePage = "text/event-stream".equals(request.headers().get("accept"))
				&& request.failure().contains("ERR_ABORTED");
		if (!closedByThePage) {
			this.errors.add("request: " + request.failure() + " " + request.method() + " " + request.url());
		}
	}

	Page open(String address, int width, int height, ColorScheme scheme) {
		Page page = this.browser.newPage();
		page.setViewportSize(width, height);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
		page.navigate(address);
		return page;
	}

	void screenshot(Page page, String name) {
		screenshot(page, SCREENSHOTS.resolve(name + ".png"));
	}

	/**
	 * Takes the whole web page, with animations at their end.
	 */
	void screenshot(Page page, Path file) {
		page.screenshot(new Page.ScreenshotOptions().setPath(file)
			.setFullPage(true)
			.setAnimations(ScreenshotAnimations.DISABLED));
	}

	/**
	 * Expects that axe finds no violation, and that the web page does not scroll sideways.
	 */
	void expectAccessible(Page page) {
		assertThat(new AxeBuilder(page).analyze().getViolations())
			.extracting((violation) -> violation.getId() + " " + violation.getNodes())
			.isEmpty();
		assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
	}

	/**
	 * Expects errors in the current test. Each must occur; any other error fails the test.
	 * @param parts parts of the texts of the errors
	 */
	void expectErrors(String... parts) {
		this.expected.addAll(List.of(parts));
	}

	/**
	 * Allows errors in the current test, which may occur or not.
	 * @param parts parts of the texts of the errors
	 */
	void allowErrors(String... parts) {
		this.allowed.addAll(List.of(parts));
	}

	/**
	 * Ends a test: closes its tabs, and checks its errors against the expected ones.
	 */
	void endTest() {
		List<Page> pages = this.browser.pages();
		// The first tab stays open: without tabs the browser exits. The round trip waits
		// for messages that are still on their way.
		pages.get(0).evaluate("1");
		pages.stream().skip(1).forEach(Page::close);
		List<String> found = List.copyOf(this.errors);
		List<String> required = List.copyOf(this.expected);
		List<String> named = Stream.concat(required.stream(), this.allowed.stream()).toList();
		this.errors.clear();
		this.expected.clear();
		this.allowed.clear();
		assertThat(found).as("errors that the test does not expect")
			.allMatch((error) -> named.stream().anyMatch(error::contains));
		assertThat(required).as("errors that the test expects")
			.allMatch((part) -> found.stream().anyMatch((error) -> error.contains(part)));
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
		FileSystemUtils.deleteRecursively(this.profile.toFile());
	}

}
