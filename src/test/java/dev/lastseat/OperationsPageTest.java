package dev.lastseat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the tables of {@code docs/operations.md} with the service. The properties are
 * those of {@link MetricsTest}, so that both use one service.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.booking.expiry-interval=100ms" })
class OperationsPageTest {

	private static final Path PAGE = Path.of("docs", "operations.md");

	private static final String PREFIX = "lastseat.";

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	/** Defaults that are no fixed value. The page explains them in words. */
	private static final Map<String, String> IN_WORDS = Map.of("lastseat.security.mode", "jwt open",
			"lastseat.web.cors.allowed-origins", "");

	private static List<String> lines;

	@Autowired
	private MeterRegistry registry;

	@BeforeAll
	static void read() throws IOException {
		lines = Files.readAllLines(PAGE);
	}

	@Test
	void listsEverySettingWithItsDefault() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		rows("| property | default |").filter((row) -> row.get(0).startsWith("`" + PREFIX))
			.forEach((row) -> assertThat(documented.put(code(row.get(0)), code(row.get(1)))).as(row.get(0)).isNull());

		assertThat(documented).isEqualTo(settings());
	}

	@Test
	void listsEveryMeterOfTheService() {
		assertThat(
				rows("| metric | type |").flatMap((row) -> codes(row.get(0))).filter((name) -> name.startsWith(PREFIX)))
			.containsExactlyInAnyOrderElementsOf(names());
	}

	@Test
	void saysWhatToDoAboutEveryMeter() {
		assertThat(rows("| metric | type |")).isNotEmpty()
			.allSatisfy((row) -> assertThat(row.get(4)).as(row.get(0)).isNotBlank());
	}

	@Test
	void namesTheTagsOfEveryMeter() {
		assertThat(rows("| metric | type |").filter((row) -> row.get(0).startsWith("`" + PREFIX))).allSatisfy(
				(row) -> assertThat(codes(row.get(2))).as(row.get(0)).hasSameElementsAs(tags(code(row.get(0)))));
	}

	@Test
	void explainsEveryOutcome() {
		Set<String> documented = rows("| `outcome` | meaning |").flatMap((row) -> codes(row.get(0)))
			.filter((outcome) -> !outcome.equals("kind"))
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(documented).isEqualTo(values("outcome"));
		assertThat(documented).containsAll(values("kind"));
	}

	@Test
	void explainsEveryReasonAndTask() {
		for (String tag : List.of("reason", "task")) {
			assertThat(values(tag)).isNotEmpty()
				.allSatisfy((value) -> assertThat(rows("| metric | type |").map((row) -> row.get(3)))
					.anyMatch((meaning) -> meaning.contains("`" + value + "`")));
		}
	}

	private static Map<String, String> settings() throws IOException {
		try (InputStream metadata = LastseatApplication.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return new JsonMapper().readTree(Objects.requireNonNull(metadata, "no metadata"))
				.path("properties")
				.valueStream()
				.map((property) -> Map.entry(property.path("name").asString(), property.path("defaultValue")))
				.filter((property) -> property.getKey().startsWith(PREFIX))
				.collect(Collectors.toMap(Map.Entry::getKey,
						(property) -> IN_WORDS.getOrDefault(property.getKey(), text(property.getValue())), (a, b) -> a,
						TreeMap::new));
		}
	}

	private static String text(JsonNode value) {
		return value.isMissingNode() ? "no default" : value.asString();
	}

	private Stream<Meter.Id> meters() {
		return this.registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((meter) -> meter.getName().startsWith(PREFIX));
	}

	private Set<String> names() {
		return meters().map(Meter.Id::getName).collect(Collectors.toCollection(TreeSet::new));
	}

	private Set<String> tags(String name) {
		return meters().filter((meter) -> meter.getName().equals(name))
			.flatMap((meter) -> meter.getTags().stream())
			.map((tag) -> tag.getKey())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private Set<String> values(String tag) {
		return meters().map((meter) -> meter.getTag(tag))
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * @param header how the first line of the table begins
	 * @return the cells of each row
	 */
	private static Stream<List<String>> rows(String header) {
		return lines.stream()
			.dropWhile((line) -> !line.startsWith(header))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList());
	}

	private static Stream<String> codes(String cell) {
		return CODE.matcher(cell).results().map((MatchResult code) -> code.group(1));
	}

	private static String code(String cell) {
		return codes(cell).collect(Collectors.joining(" "));
	}

}
