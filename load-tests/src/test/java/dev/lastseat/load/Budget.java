package dev.lastseat.load;

import java.util.ArrayList;
import java.util.List;

import io.gatling.javaapi.core.Assertion;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;

/**
 * How slow and how faulty the answers may be: {@code p99Millis} for each kind of request,
 * {@code maxErrorPercent} of all requests.
 */
final class Budget {

	private static final double P99 = 99.0;

	private Budget() {
	}

	/**
	 * @param p99Millis unless told otherwise
	 * @param requests the names of the requests that have to keep it
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
