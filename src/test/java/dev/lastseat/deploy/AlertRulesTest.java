package dev.lastseat.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.MarkdownPage;
import dev.lastseat.booking.QueueSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AlertRulesTest {

	private final List<AlertRule> alerts = AlertRule.all();

	@Test
	void haveASeverityASentenceAndASectionOfTheDocumentation() {
		String page = "docs/operations.md";
		Set<String> sections = MarkdownPage.read(Path.of(page))
			.anchors()
			.stream()
			.map((anchor) -> page + "#" + anchor)
			.collect(Collectors.toSet());

		assertThat(this.alerts).isNotEmpty().allSatisfy((alert) -> {
			assertThat(alert.severity()).isIn("critical", "warning");
			assertThat(alert.summary()).endsWith(".");
			assertThat(sections).contains(alert.runbook());
		});
	}

	@Test
	void haveATestEach() throws IOException {
		String tests;
		try (Stream<Path> files = Files.list(Path.of("deploy/prometheus/tests"))) {
			tests = files.map(AlertRulesTest::text).collect(Collectors.joining());
		}

		assertThat(this.alerts).allSatisfy((alert) -> assertThat(tests)
			.containsPattern("alertname: " + alert.name() + "\n +exp_alerts:\n +- exp_labels: "));
	}

	/** 80 % of the limit that a single event reaches first. */
	@Test
	void knowTheLimitOfTheQueue() {
		int limit = QueueSettings.DEFAULTS.maxWaitingPerEvent();

		assertThat(this.alerts).filteredOn((alert) -> alert.name().equals("LastseatQueueNearLimit"))
			.singleElement()
			.satisfies((alert) -> assertThat(alert.expression()).endsWith("> " + limit * 8 / 10));
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
