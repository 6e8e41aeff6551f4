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
 * Loads the web page for the first time and from the cache of the browser. The tests
 * share one profile, so every test after the first starts with a full cache.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageLoadIT extends BrowserTest {

	/** The background colour in the style sheet; the default of the browser differs. */
	private static final String STYLED = "rgb(245, 244, 239)";

	/** Expects that the scripts and the style sheet were loaded. */
	private static void expectLoaded(Page page, String heading) {
		assertThat(title(page)).hasText(heading);
		assertThat(page.locator("body")).hasCSS("background-color", STYLED);
	}

	@Test
	@Order(1)
	void loadsAtTheFirstVisit() {
		Page page = open("");

		expectLoaded(page, "Events");
		chromium.screenshot(page, "first-visit");
	}

	@Test
	void loadsAfterAReload() {
		Page page = open("");
		expectLoaded(page, "Events");

		page.reload();
		expectLoaded(page, "Events");
		page.reload();

		expectLoaded(page, "Events");
		chromium.screenshot(page, "reload");
	}

	@Test
	void loadsInASecondTab() {
		expectLoaded(open(""), "Events");

		expectLoaded(open(""), "Events");
	}

	@Test
	void loadsFromABookmark() {
		expectLoaded(open("#/race"), "The race");

		expectLoaded(open("#/race"), "The race");
	}

	@Test
	void loadsAfterBack() {
		Page page = open("");
		page.navigate(address("swagger-ui.html"));
		assertThat(page.locator(".swagger-ui .info .title")).containsText("Lastseat");

		page.goBack();

		expectLoaded(page, "Events");
	}

	/**
	 * Runs last, because it replaces the service.
	 */
	@Test
	@Order(Integer.MAX_VALUE)
	void loadsTheNewFilesAfterAnUpgrade(@TempDir Path other) throws IOException {
		Page page = open("#/new");
		expectLoaded(page, "New event");
		Path jar = other.resolve("upgraded.jar");
		Files.copy(Path.of(System.getProperty("packaged.jar")), jar);
		try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
			replace(files.getPath("page/create.js"), "New event", "Upgraded event");
			replace(files.getPath("page/style.css"), "--ground: #f5f4ef", "--ground: #ffffff");
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
