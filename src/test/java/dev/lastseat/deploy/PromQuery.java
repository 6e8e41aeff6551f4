package dev.lastseat.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The selectors of a query of Prometheus, and the labels by which it groups.
 */
record PromQuery(List<Selector> selectors, Set<String> grouping) {

	/** Labels that Prometheus itself adds to each series. */
	private static final Set<String> OF_SCRAPES = Set.of("job", "instance");

	/** A metric of Prometheus itself. */
	private static final String UP = "up";

	private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

	private static final Pattern GROUPING = Pattern
		.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

	private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");

	/** A name that no parenthesis follows, and the matchers after it. */
	private static final Pattern SELECTOR = Pattern
		.compile("(?<![\\w.])([a-zA-Z_][\\w]*+)(?!\\s*\\()\\s*+(?:\\{((?:[^\"}]|\"[^\"]*\")*)\\})?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

	static PromQuery parse(String expression) {
		List<String> groupings = GROUPING.matcher(expression).results().map((group) -> group.group(1)).toList();
		String rest = RANGE.matcher(GROUPING.matcher(expression).replaceAll("")).replaceAll("");
		return new PromQuery(
				SELECTOR.matcher(rest)
					.results()
					.filter((name) -> !KEYWORDS.contains(name.group(1)))
					.map(PromQuery::selector)
					.toList(),
				groupings.stream()
					.flatMap((labels) -> Stream.of(labels.split(",")))
					.map(String::strip)
					.filter((label) -> !label.isEmpty())
					.collect(Collectors.toSet()));
	}

	private static Selector selector(MatchResult found) {
		String matchers = (found.group(2) != null) ? found.group(2) : "";
		return new Selector(found.group(1),
				MATCHER.matcher(matchers)
					.results()
					.map((matcher) -> new Matcher(matcher.group(1), matcher.group(2), matcher.group(3)))
					.toList());
	}

	/**
	 * @return what the query selects that the metrics do not contain
	 */
	List<String> missingIn(ExposedMetrics metrics) {
		List<String> missing = new ArrayList<>();
		Set<String> labels = new TreeSet<>(OF_SCRAPES);
		for (Selector selector : this.selectors) {
			if (!selector.metric().equals(UP)) {
				List<Map<String, String>> series = metrics.series(selector.metric());
				series.forEach((found) -> labels.addAll(found.keySet()));
				if (series.stream().noneMatch(selector)) {
					missing.add(selector.toString());
				}
			}
		}
		this.grouping.stream().filter((label) -> !labels.contains(label)).forEach(missing::add);
		return missing;
	}

	/** Selects the series of a metric that all matchers accept. */
	record Selector(String metric, List<Matcher> matchers) implements Predicate<Map<String, String>> {

		@Override
		public boolean test(Map<String, String> series) {
			return this.matchers.stream().allMatch((matcher) -> matcher.test(series));
		}

	}

	/** A series matches only if it has the label. */
	record Matcher(String label, String operator, String value) implements Predicate<Map<String, String>> {

		@Override
		public boolean test(Map<String, String> series) {
			if (OF_SCRAPES.contains(this.label)) {
				return true;
			}
			String actual = series.get(this.label);
			return actual != null && switch (this.operator) {
				case "=" -> actual.equals(this.value);
				case "!=" -> !actual.equals(this.value);
				case "=~" -> actual.matches(this.value);
				default -> !actual.matches(this.value);
			};
		}

	}

}
