package dev.lastseat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Chromium of this machine, without a window. What a page does wrong, in its scripts
 * or against its Content-Security-Policy, is collected.
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

	private final Browser browser = this.playwright.chromium()
		.launch(new BrowserType.LaunchOptions().setExecutablePath(executable()));

	private final List<String> mistakes = new ArrayList<>();

	Chromium() {
		PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
	}

	private static Path executable() {
		return Stream.concat(Stream.ofNullable(System.getenv("LASTSEAT_CHROMIUM")), PLACES.stream())
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new AssertionError(
					"No Chromium in " + PLACES + ": install one, or name it by LASTSEAT_CHROMIUM"));
	}

	Page open(String address, int width, int height, ColorScheme scheme) {
		Page page = this.browser
			.newPage(new Browser.NewPageOptions().setViewportSize(width, height).setColorScheme(scheme));
		page.onPageError(this.mistakes::add);
		page.onConsoleMessage((message) -> {
			if (message.text().contains("Content Security Policy")) {
				this.mistakes.add(message.text());
			}
		});
		page.navigate(address);
		return page;
	}

	void screenshot(Page page, String name) {
		screenshot(page, SCREENSHOTS.resolve(name + ".png"));
	}

	/**
	 * The page down to its end, with what moves where it moves to.
	 */
	void screenshot(Page page, Path file) {
		page.screenshot(new Page.ScreenshotOptions().setPath(file)
			.setFullPage(true)
			.setAnimations(ScreenshotAnimations.DISABLED));
	}

	/**
	 * Expects that everybody can use what the page shows now, as far as a program can
	 * tell, and that nothing of it is beyond its edge.
	 */
	void expectAccessible(Page page) {
		assertThat(new AxeBuilder(page).analyze().getViolations())
			.extracting((violation) -> violation.getId() + " " + violation.getNodes())
			.isEmpty();
		assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
	}

	void expectNoMistakes() {
		assertThat(this.mistakes).isEmpty();
	}

	@Override
	public void close() {
		this.playwright.close();
	}

}
