package dev.lastseat.load;

import io.gatling.javaapi.core.Simulation;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * A closed burst: all users open a connection, wait for each other, and then book the
 * only seat at the same moment.
 */
public final class LastSeatRace extends Simulation {

	private static final int USERS = Settings.number("users", 500);

	private final Service service = new Service(Settings.baseUrl());

	private Sale sale;

	/**
	 * Sets up the burst. The last request waits for all the others, so the budget is
	 * large.
	 */
	public LastSeatRace() {
		Requests requests = new Requests((event) -> this.sale.answers());
		setUp(scenario("last seat").exec((session) -> session.set("event", this.sale.event()))
			.exec(requests.read())
			.rendezVous(USERS)
			.exec(requests.book())
			.injectOpen(atOnceUsers(USERS))).protocols(Requests.protocol()).assertions(Budget.of(5_000, "book"));
	}

	@Override
	public void before() {
		this.sale = Sale.open(this.service, "The last seat", 1);
	}

	@Override
	public void after() {
		EventState state = Audit.require(this.service, this.sale);
		if (state.ticketsSold() == 0 && this.sale.answers().unknownCount() == 0) {
			throw new IllegalStateException("%d users were refused, but the seat is free".formatted(USERS));
		}
	}

}
