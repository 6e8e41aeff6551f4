package dev.lastseat.load;

import java.util.ArrayList;
import java.util.List;

import io.gatling.javaapi.core.Assertion;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;

/**
 * Limits of latency and of errors: {@code p99Millis} for each kind of request,
 * {@code maxErrorPercent} of all requests.
 */
final class Budget {

	private static final double P99 = 99.0;

	private Budget() {
	}

	/**
	 * @param p99Millis the default
	 * @param requests names of the requests with this limit
	 */
	static List<Assertion> of(int p99Millis, String... requests) {
		List<Assertion> budget = new ArrayList<>();
		budget.add(global().failedRequests().percent().lte(Settings.decimal("maxErrorPercent", 0.0)));
		for (String request : requests) {
			budget.add(details(request).responseTime().percentile(P99).lte(Settings.number("p99Millis", p99Millis)));
		}
		return budget;
	}

}
