package dev.lastseat.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.gatling.javaapi.core.Simulation;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * An open model: users arrive at a rate that does not depend on the answers. The rate
 * rises to a peak and falls again. Most users book one event, which sells out; the others
 * book many quiet events.
 */
public final class OnSale extends Simulation {

	private static final int PEAK_PER_SECOND = Settings.number("peakPerSecond", 40);

	private static final int RAMP_SECONDS = Settings.number("rampSeconds", 15);

	private static final int PEAK_SECONDS = Settings.number("peakSeconds", 30);

	private static final int CAPACITY = Settings.number("capacity", 500);

	private static final int QUIET_EVENTS = Settings.number("quietEvents", 20);

	private static final int HOT_PERCENT = Settings.number("hotPercent", 70);

	private final Service service = new Service(Settings.baseUrl());

	private final Map<String, Sale> sales = new LinkedHashMap<>();

	private final List<String> quiet = new ArrayList<>();

	private String hot;

	/**
	 * Sets up the sale.
	 */
	public OnSale() {
		Requests requests = new Requests((event) -> this.sales.get(event).answers());
		setUp(scenario("on sale").exec((session) -> session.set("event", chooseEvent()))
			.exec(requests.read())
			.pause(1)
			.exec(requests.book())
			.exec(randomSwitch().on(percent(20.0).then(requests.repeat()), percent(10.0).then(requests.cancel()),
					percent(30.0).then(requests.read())))
			.injectOpen(rampUsersPerSec(1).to(PEAK_PER_SECOND).during(RAMP_SECONDS),
					constantUsersPerSec(PEAK_PER_SECOND).during(PEAK_SECONDS),
					rampUsersPerSec(PEAK_PER_SECOND).to(1).during(RAMP_SECONDS)))
			.protocols(Requests.protocol())
			.assertions(Budget.of(1_000, "read", "book", "repeat", "cancel"));
	}

	@Override
	public void before() {
		this.hot = open("The hot event");
		for (int i = 0; i < QUIET_EVENTS; i++) {
			this.quiet.add(open("Quiet event " + i));
		}
	}

	@Override
	public void after() {
		this.sales.values().forEach((sale) -> Audit.require(this.service, sale));
	}

	private String open(String title) {
		Sale sale = Sale.open(this.service, title, CAPACITY);
		this.sales.put(sale.event(), sale);
		return sale.event();
	}

	private String chooseEvent() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		boolean isHot = this.quiet.isEmpty() || random.nextInt(100) < HOT_PERCENT;
		return isHot ? this.hot : this.quiet.get(random.nextInt(this.quiet.size()));
	}

}
