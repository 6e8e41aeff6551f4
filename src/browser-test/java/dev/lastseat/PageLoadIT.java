package dev.lastseat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the page is loaded, the first time and from the cache of the browser. The tests
 * share one profile, so every test after the first finds a full cache.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageLoadIT extends BrowserTest {

	/** The colour of the page's own style sheet, which the browser itself does not use. */
	private static final String STYLED = "rgb(245, 244, 239)";

	/** Expects that the scripts and the style sheet of the page have run. */
	private static void expectWhole(Page page, String heading) {
		assertThat(title(page)).hasText(heading);
		assertThat(page.locator("body")).hasCSS("background-color", STYLED);
	}

	@Test
	@Order(1)
	void isWholeAtTheFirstVisit() {
		Page page = open("");

		expectWhole(page, "Events");
		chromium.screenshot(page, "first-visit");
	}

	@Test
	void isWholeAfterAReload() {
		Page page = open("");
		expectWhole(page, "Events");

		page.reload();
		expectWhole(page, "Events");
		page.reload();

		expectWhole(page, "Events");
		chromium.screenshot(page, "reload");
	}

	@Test
	void isWholeInASecondTab() {
		expectWhole(open(""), "Events");

		expectWhole(open(""), "Events");
	}

	@Test
	void isWholeAtABookmark() {
		expectWhole(open("#/race"), "The race");

		expectWhole(open("#/race"), "The race");
	}

	@Test
	void isWholeAfterBack() {
		Page page = open("");
		page.navigate(address("swagger-ui.html"));
		assertThat(page.locator(".swagger-ui .info .title")).containsText("Lastseat");

		page.goBack();

		expectWhole(page, "Events");
	}

	/**
	 * The last one: the service is another one afterwards.
	 */
	@Test
	@Order(Integer.MAX_VALUE)
	void isTheNewOneAfterAnUpgrade(@TempDir Path other) throws IOException {
		Page page = open("#/new");
		expectWhole(page, "New event");
		Path jar = other.resolve("upgraded.jar");
		Files.copy(Path.of(System.getProperty("lastseat.jar")), jar);
		try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
			replace(files.getPath("BOOT-INF/classes/page/create.js"), "New event", "Upgraded event");
			replace(files.getPath("BOOT-INF/classes/page/style.css"), "--ground: #f5f4ef", "--ground: #ffffff");
		}
		service.terminate();
		service.awaitExit();
		service = PackagedProcess.startJar(jar, directory, "--server.port=" + port).awaitReady();

		page.reload();

		assertThat(title(page)).hasText("Upgraded event");
		assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
	}

	private static void replace(Path file, String old, String changed) throws IOException {
		String content = Files.readString(file);
		assertThat(content).contains(old);
		Files.writeString(file, content.replace(old, changed));
	}

}
