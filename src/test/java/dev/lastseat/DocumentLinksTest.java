package dev.lastseat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links between the pages of the documentation, and from other files to them.
 */
class DocumentLinksTest {

	/** Directories of builds, of tools and of the embedded engine. */
	private static final Set<String> NO_SOURCES = Set.of("target", "data", "results", ".git", ".idea", ".vscode");

	private static final Pattern EXTERNAL = Pattern.compile("[a-z]+:.*");

	/** A page that a text, a comment or a message names. */
	private static final Pattern NAMED = Pattern.compile("(?:docs|load-tests|bench)/[A-Za-z0-9_-]+\\.(?:md|html|png)");

	private static List<Path> files(String pattern) throws IOException {
		List<Path> files = new ArrayList<>();
		Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				return NO_SOURCES.contains(directory.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (file.toString().matches(pattern)) {
					files.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

		});
		return files;
	}

	static List<Path> pages() throws IOException {
		return files(".*\\.md");
	}

	@Test
	void findsThePages() throws IOException {
		assertThat(pages()).contains(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("docs", "api.md"));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksToFilesAndHeadingsThatExist(Path file) {
		MarkdownPage page = MarkdownPage.read(file);

		assertThat(page.links()).filteredOn((link) -> !EXTERNAL.matcher(link).matches())
			.filteredOn((link) -> !resolves(page, link))
			.as("links of %s that lead nowhere", file)
			.isEmpty();
	}

	private static boolean resolves(MarkdownPage page, String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
		return Files.exists(target) && (parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]));
	}

	/** A reader finishes it, and finds the rest by its links. */
	@Test
	void keepsTheReadmeShort() {
		assertThat(MarkdownPage.read(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(200);
	}

	@Test
	void namesPagesThatExist() throws IOException {
		List<Path> sources = files(".*\\.(java|js|html|xml|ya?ml|json|py|toml)|.*/run|Dockerfile");

		assertThat(sources).hasSizeGreaterThan(100)
			.allSatisfy((source) -> assertThat(pagesNamedBy(source)).allSatisfy((page) -> assertThat(page).exists()));
	}

	private static Stream<Path> pagesNamedBy(Path source) throws IOException {
		return NAMED.matcher(Files.readString(source)).results().map((name) -> Path.of(name.group()));
	}

}
