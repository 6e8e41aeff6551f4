package dev.lastseat.deploy;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The metrics of a service.
 *
 * @param series the labels of each series, by the name of the metric
 */
record ExposedMetrics(Map<String, List<Map<String, String>>> series) {

	private static final Pattern SERIES = Pattern.compile("^(\\w+)(?:\\{(.*)\\})? \\S+$", Pattern.MULTILINE);

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	/**
	 * @param text in the format of Prometheus
	 */
	static ExposedMetrics parse(String text) {
		return new ExposedMetrics(SERIES.matcher(text)
			.results()
			.collect(Collectors.groupingBy((line) -> line.group(1),
					Collectors.mapping(ExposedMetrics::labels, Collectors.toList()))));
	}

	private static Map<String, String> labels(MatchResult line) {
		String labels = (line.group(2) != null) ? line.group(2) : "";
		return LABEL.matcher(labels)
			.results()
			.collect(Collectors.toMap((label) -> label.group(1), (label) -> label.group(2)));
	}

	List<Map<String, String>> series(String metric) {
		return this.series.getOrDefault(metric, List.of());
	}

}
