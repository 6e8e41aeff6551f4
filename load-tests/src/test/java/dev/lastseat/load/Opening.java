package dev.lastseat.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.gatling.javaapi.core.Simulation;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * The opening of a sale. Users arrive before the opening and try to book. Each waits as
 * long as {@code Retry-After} says and tries again, until it has a decision. Clients and
 * service share the clock of the machine.
 */
public final class Opening extends Simulation {

	private static final int USERS = Settings.number("openingUsers", 10_000);

	private static final int SEATS = Settings.number("openingSeats", 1_000);

	/**
	 * The first users arrive this long before the opening.
	 */
	private static final int BEFORE_SECONDS = Settings.number("beforeSeconds", 60);

	/**
	 * The last users arrive this long before the opening, so that all are refused.
	 */
	private static final int QUIET_SECONDS = 2;

	/**
	 * Time for the start of the users after the event was created.
	 */
	private static final int START_SECONDS = 5;

	private final Service service = new Service(Settings.baseUrl());

	private final OpeningLog log = new OpeningLog();

	private Sale sale;

	/**
	 * Sets up the users.
	 */
	public Opening() {
		Requests requests = new Requests((event) -> this.sale.answers());
		setUp(scenario("opening").exec((session) -> session.set("event", this.sale.event()))
			.exec(asLongAs((session) -> !OpeningLog.isDecided(session))
				.on(requests.bookAtOpening(this.log).exec(pause(OpeningLog::pause))))
			.injectOpen(rampUsers(USERS).during(BEFORE_SECONDS - QUIET_SECONDS)))
			.protocols(Requests.protocol().shareConnections())
			.assertions(Budget.of(10_000, "book"));
	}

	@Override
	public void before() {
		Instant opensAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(START_SECONDS + BEFORE_SECONDS);
		String title = "The opening";
		this.sale = new Sale(title, this.service.create(title, SEATS, opensAt), SEATS, new Answers());
		this.log.start(this.service, opensAt);
	}

	@Override
	public void after() {
		this.log.require(SEATS, Audit.require(this.service, this.sale));
	}

}
