package dev.lastseat.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.web.problem.ProblemCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables in {@code contract.md} name every described response, and only tests that
 * exist.
 */
class ContractTableTest {

	private static final Path SOURCES = Path.of("src", "test", "java");

	private static final Pattern ROW = Pattern.compile("\\|(.*)\\|(.*)\\|(.*)\\|");

	private static final Pattern ANSWER = Pattern.compile("`([^`]+)`.*");

	/** The responses that many requests have in common. */
	private static final Set<ProblemCode> EVERYWHERE = Set.of(ProblemCode.UNAUTHORIZED, ProblemCode.FORBIDDEN,
			ProblemCode.METHOD_NOT_ALLOWED, ProblemCode.NOT_ACCEPTABLE, ProblemCode.PAYLOAD_TOO_LARGE,
			ProblemCode.UNSUPPORTED_MEDIA_TYPE, ProblemCode.INTERNAL_ERROR, ProblemCode.OVERLOADED,
			ProblemCode.STORAGE_UNAVAILABLE, ProblemCode.OUTCOME_UNKNOWN, ProblemCode.PRECONDITION_FAILED);

	private static List<String> lines;

	@BeforeAll
	static void read() throws IOException {
		lines = Files.readAllLines(Path.of("src", "test", "resources", "contract.md"));
	}

	@Test
	void namesEveryDescribedResponse() {
		Set<String> described = WebSlice.DESCRIPTION.operations()
			.flatMap((operation) -> operation.outcomes()
				.stream()
				.filter((outcome) -> EVERYWHERE.stream().map(ContractTableTest::answer).noneMatch(outcome::equals))
				.map((outcome) -> operation + ": " + outcome))
			.collect(Collectors.toSet());

		assertThat(rows()).isEqualTo(described);
	}

	@Test
	void namesEveryCommonResponse() {
		assertThat(lines.stream()
			.filter((line) -> line.matches("\\| `\\d+ [a-z-]+` \\| .+ \\|"))
			.map((line) -> quoted(line.split("\\|")[1])))
			.containsExactlyInAnyOrderElementsOf(EVERYWHERE.stream().map(ContractTableTest::answer).toList());
	}

	@Test
	void namesTestsThatExist() throws IOException {
		Map<String, Class<?>> classes = testClasses();

		List<String> named = lines.stream()
			.filter((line) -> line.startsWith("| ") && line.contains("`"))
			.map((line) -> line.substring(line.lastIndexOf('|', line.length() - 2) + 1, line.length() - 1).strip())
			.flatMap((tests) -> Arrays.stream(tests.split(", ")))
			.toList();

		assertThat(named).hasSizeGreaterThan(100).allSatisfy((name) -> {
			String[] parts = name.split("\\.");
			assertThat(classes).containsKey(parts[0]);
			assertThat(tests(classes.get(parts[0]))).contains(parts[1]);
		});
	}

	/**
	 * The rows of the first table. A row without a request has the request of the row
	 * above.
	 */
	private static Set<String> rows() {
		String[] request = { "" };
		return lines.stream()
			.map(ROW::matcher)
			.filter((row) -> row.matches() && ANSWER.matcher(row.group(2).strip()).matches())
			.map((row) -> {
				request[0] = row.group(1).isBlank() ? request[0] : quoted(row.group(1));
				return request[0] + ": " + quoted(row.group(2));
			})
			.collect(Collectors.toSet());
	}

	private static String answer(ProblemCode code) {
		return code.status().value() + " " + code.code();
	}

	private static String quoted(String cell) {
		return ANSWER.matcher(cell.strip()).replaceAll("$1");
	}

	private static Map<String, Class<?>> testClasses() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.map((file) -> SOURCES.relativize(file).toString())
				.filter((file) -> file.endsWith(".java") && !file.endsWith("package-info.java"))
				.map((file) -> file.replaceFirst("\\.java$", "").replace('/', '.'))
				.map(ContractTableTest::load)
				.filter((type) -> tests(type).findAny().isPresent())
				.collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
		}
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name, false, ContractTableTest.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<String> tests(Class<?> type) {
		return Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
			.flatMap((declaring) -> Arrays.stream(declaring.getDeclaredMethods()))
			.filter((method) -> AnnotationSupport.isAnnotated(method, Testable.class))
			.map((method) -> method.getName());
	}

}
