package dev.lastseat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a release names in several files, and the workflow that publishes it.
 */
class ReleaseTest {

	private static final Pattern VERSION = Pattern.compile("(?m)^\t<version>(.*)</version>$");

	private static final Pattern TIME = Pattern
		.compile("<project.build.outputTimestamp>(.*)</project.build.outputTimestamp>");

	private static final Path WORKFLOW = Path.of(".github/workflows/build.yml");

	private static String first(Pattern pattern, String file) throws IOException {
		return pattern.matcher(Files.readString(Path.of(file)))
			.results()
			.map((match) -> match.group(1))
			.findFirst()
			.orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "bench/pom.xml", "bench/reactor.xml", "load-tests/pom.xml" })
	void allProjectsHaveTheSameVersion(String project) throws IOException {
		assertThat(first(VERSION, project)).isEqualTo(first(VERSION, "pom.xml"));
	}

	/** A version in development has no section of its own yet. */
	@Test
	void theChangelogHasTheVersionWithTheDayInTheJar() throws IOException {
		String version = first(VERSION, "pom.xml");
		String expected = version.endsWith("-SNAPSHOT") ? "[Unreleased]"
				: "[" + version + "] - " + first(TIME, "pom.xml").substring(0, "2026-11-26".length());

		assertThat(Files.readAllLines(Path.of("CHANGELOG.md"))).contains("## " + expected);
	}

	@Test
	void theWorkflowUsesOnlyActionsOfFixedContent() throws IOException {
		List<String> actions = Pattern.compile("uses: (.*)")
			.matcher(Files.readString(WORKFLOW))
			.results()
			.map((match) -> match.group(1))
			.toList();

		assertThat(actions).isNotEmpty()
			.allSatisfy((action) -> assertThat(action).matches("actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+"));
	}

	@Test
	@SuppressWarnings("unchecked") // Every mapping of the file has texts as keys.
	void theWorkflowChecksBeforeItPublishesAndMayWriteOnlyThen() throws IOException {
		Map<String, Object> workflow = new Yaml().load(Files.readString(WORKFLOW));
		Map<String, Map<String, Object>> jobs = (Map<String, Map<String, Object>>) workflow.get("jobs");

		assertThat(workflow.get("permissions")).isEqualTo(Map.of("contents", "read"));
		assertThat(jobs).containsOnlyKeys("check", "publish");
		assertThat(jobs.get("check").toString()).contains(".ci/run");
		assertThat(jobs.get("check")).doesNotContainKey("permissions");
		assertThat(jobs.get("publish")).containsEntry("needs", "check")
			.containsEntry("if", "startsWith(github.ref, 'refs/tags/v')")
			.containsEntry("permissions", Map.of("contents", "write", "packages", "write"));
	}

	/** A command with an expression in it could run what a branch or a tag is named. */
	@Test
	void theWorkflowHasNoExpressionInACommand() throws IOException {
		List<String> commands = Pattern.compile("(?m)^( *)(?:- )?run: .*(?:\\R\\1 .*)*")
			.matcher(Files.readString(WORKFLOW))
			.results()
			.map(MatchResult::group)
			.toList();

		assertThat(commands).hasSizeGreaterThan(4).allSatisfy((command) -> assertThat(command).doesNotContain("${{"));
	}

}
