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
 * The Chromium of this machine, without a window, with a profile and its normal cache, as
 * a user has it. Collects console errors, errors of scripts, failed requests and blocked
 * resources, which Chromium reports as console errors.
 */
final class Chromium implements AutoCloseable {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	/** Where packages put it. Another is named by the variable LASTSEAT_CHROMIUM. */
	private static final List<String> PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome");

	/** Milliseconds for a service to end and to start again, on a busy machine. */
	private static final double PATIENCE = 60_000;

	private final Playwright playwright = Playwright
		.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

	private final Path profile = temporaryDirectory();

	private final BrowserContext browser;

	private final List<String> mistakes = new CopyOnWriteArrayList<>();

	private final List<String> expected = new CopyOnWriteArrayList<>();

	Chromium() {
		this("en-US", "UTC");
	}

	Chromium(String language, String zone) {
		PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
		this.browser = this.playwright.chromium()
			.launchPersistentContext(this.profile,
					new BrowserType.LaunchPersistentContextOptions().setExecutablePath(executable())
						.setLocale(language)
						.setTimezoneId(zone));
		this.browser.setDefaultTimeout(PATIENCE);
		this.browser.onWebError((error) -> this.mistakes.add("script: " + error.error()));
		this.browser.onRequestFailed(this::collect);
		this.browser.onConsoleMessage((message) -> {
			if (message.type().equals("error")) {
				this.mistakes.add("console: " + message.text() + " at " + message.location());
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
		return Stream.concat(Stream.ofNullable(System.getenv("LASTSEAT_CHROMIUM")), PLACES.stream())
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new AssertionError(
					"No Chromium in " + PLACES + ": install one, or name it by LASTSEAT_CHROMIUM"));
	}

	/**
	 * A stream that the page closes itself is reported as failed: no mistake.
	 */
	private void collect(Request request) {
		boolean closedByThePage = request.resourceType().equals("eventsource")
				&& request.failure().contains("ERR_ABORTED");
		if (!closedByThePage) {
			this.mistakes.add("request: " + request.failure() + " " + request.method() + " " + request.url());
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
	 * The whole page, with animations at their end.
	 */
	void screenshot(Page page, Path file) {
		page.screenshot(new Page.ScreenshotOptions().setPath(file)
			.setFullPage(true)
			.setAnimations(ScreenshotAnimations.DISABLED));
	}

	/**
	 * Expects no violation that axe finds, and nothing beyond the edge of the page.
	 */
	void expectAccessible(Page page) {
		assertThat(new AxeBuilder(page).analyze().getViolations())
			.extracting((violation) -> violation.getId() + " " + violation.getNodes())
			.isEmpty();
		assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
	}

	/**
	 * Expects a mistake in the current test: each has to occur, and any other fails the
	 * test.
	 * @param parts of the texts of the mistakes
	 */
	void expectMistakes(String... parts) {
		this.expected.addAll(List.of(parts));
	}

	/**
	 * Ends a test: closes its tabs, and expects the mistakes that it named and no other.
	 */
	void endTest() {
		List<Page> pages = this.browser.pages();
		// The first tab stays: without one the browser ends. The round trip brings what
		// is still on its way.
		pages.get(0).evaluate("1");
		pages.stream().skip(1).forEach(Page::close);
		List<String> found = List.copyOf(this.mistakes);
		List<String> named = List.copyOf(this.expected);
		this.mistakes.clear();
		this.expected.clear();
		assertThat(found).as("mistakes that the test does not expect")
			.allMatch((mistake) -> named.stream().anyMatch(mistake::contains));
		assertThat(named).as("mistakes that the test expects")
			.allMatch((part) -> found.stream().anyMatch((mistake) -> mistake.contains(part)));
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
		FileSystemUtils.deleteRecursively(this.profile.toFile());
	}

}
