package dev.lastseat.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.lastseat.MarkdownPage;
import dev.lastseat.web.problem.ProblemCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the client guide, {@code docs/api.md}, with the service.
 */
class ClientGuideTest {

	private static final Path FILE = Path.of("docs", "api.md");

	private static final MarkdownPage GUIDE = MarkdownPage.read(FILE);

	private static final Pattern CODE = Pattern.compile("^\\| `([a-z-]+)` \\| (\\d+) \\| (yes|no) \\| ");

	/** A request without its query. */
	private static final Pattern REQUEST = Pattern.compile("^\\| `([A-Z]+ [^?`]+)");

	@Test
	void explainsExactlyTheProblemCodes() {
		List<String> explained = GUIDE.firstCells("All problem codes", CODE)
			.stream()
			.map((row) -> row.group(1) + " " + row.group(2) + " " + row.group(3))
			.toList();

		assertThat(explained).containsExactlyElementsOf(Stream.of(ProblemCode.values())
			.map((code) -> "%s %d %s".formatted(code.code(), code.status().value(), code.retryable() ? "yes" : "no"))
			.toList());
	}

	@Test
	void listsExactlyTheRequests() {
		List<String> listed = GUIDE.firstCells("All requests", REQUEST)
			.stream()
			.map((row) -> row.group(1).replace(" ", " /api/v1"))
			.toList();

		assertThat(listed).containsExactlyInAnyOrderElementsOf(WebSlice.DESCRIPTION.operations()
			.map(DescribedOperation::toString)
			.filter((request) -> !request.equals("GET /problems/{code}"))
			.toList());
	}

	/** The code of the guide is that of the page that the browser tests run. */
	@Test
	void showsCodeOfTheClient() throws IOException {
		String text = Files.readString(FILE);
		List<MatchResult> excerpts = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL)
			.matcher(text)
			.results()
			.toList();

		assertThat(excerpts).isNotEmpty();
		assertThat(Files.readString(FILE.resolveSibling("client.html"))).contains(excerpts.get(0).group(1));
	}

}
