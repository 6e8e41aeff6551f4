package dev.lastseat.deploy;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PromQueryTest {

	private static final ExposedMetrics METRICS = ExposedMetrics.parse("""
			# HELP requests_total Requests
			requests_total{uri="/events/{id}",status="200"} 3.0
			requests_total{uri="/events/{id}",status="503"} 1.0
			latency_bucket{le="0.1"} 7
			ready 1.0
			""");

	private static List<String> missing(String query) {
		return PromQuery.parse(query).missingIn(METRICS);
	}

	@Test
	void findsNothingMissingInQueriesThatSelectSeries() {
		assertThat(missing("ready > 0 or 2 * ready == 1e3")).isEmpty();
		assertThat(missing(
				"sum by (job, status) (rate(requests_total{uri=\"/events/{id}\", status=~\"5..\"}[$__rate_interval]))"))
			.isEmpty();
		assertThat(missing("histogram_quantile(0.99, sum by (job, le) (rate(latency_bucket{job=\"a\"}[5m])))"))
			.isEmpty();
		assertThat(missing("absent(up{job=\"lastseat\"} == 1)")).isEmpty();
	}

	@Test
	void findsAMissingMetric() {
		assertThat(missing("sum(rate(request_total[5m])) / sum(ready)")).singleElement()
			.asString()
			.contains("request_total");
		assertThat(missing("ready and redy")).singleElement().asString().contains("redy");
	}

	@Test
	void findsAMissingLabel() {
		assertThat(missing("requests_total{code!=\"200\"}")).singleElement().asString().contains("code");
		assertThat(missing("sum by (code) (requests_total)")).containsExactly("code");
		assertThat(missing("sum by (le) (requests_total)")).containsExactly("le");
	}

	@Test
	void findsAMissingValue() {
		assertThat(missing("requests_total{status=\"500\"}")).singleElement().asString().contains("500");
		assertThat(missing("requests_total{uri=\"/events/{id}\", status=~\"4..\"}")).hasSize(1);
		assertThat(missing("requests_total{status!~\"2..|503\"}")).hasSize(1);
	}

}
