package dev.lastseat.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.gatling.http.action.sse.SseInboundMessage;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.sse;

/**
 * A sale with subscribers. Each receives the states of one event from the first one to
 * sold out, and never an older state after a newer one.
 */
public final class Watchers extends Simulation {

	private static final int WATCHERS = Settings.number("watchers", 300);

	private static final int GATHER_SECONDS = Settings.number("gatherSeconds", 5);

	private static final int SEATS = Settings.number("seats", 300);

	private static final int BUYERS_PER_SECOND = Settings.number("buyersPerSecond", 30);

	/**
	 * A fifth more users than seats, so that the event sells out.
	 */
	private static final int SALE_SECONDS = (int) Math.ceil(1.2 * SEATS / BUYERS_PER_SECOND);

	/**
	 * Long enough for the first subscriber, with a reserve.
	 */
	private static final int TIMEOUT_SECONDS = GATHER_SECONDS + SALE_SECONDS + 30;

	/**
	 * The service sends at most ten states a second. A slow subscriber handles them late.
	 */
	private static final int STATES_KEPT = 10 * TIMEOUT_SECONDS;

	private static final String SOLD_OUT = "sold out is seen";

	private static final String FIRST = "first";

	private static final String LAST = "last";

	private final Service service = new Service(Settings.baseUrl());

	private final AtomicInteger outOfOrder = new AtomicInteger();

	private Sale sale;

	/**
	 * Starts the subscribers first, and then the sale.
	 */
	public Watchers() {
		Requests requests = new Requests((event) -> this.sale.answers());
		ScenarioBuilder sale = scenario("sale").exec(onEvent()).exec(requests.book());
		setUp(scenario("watchers").exec(onEvent()).exec(watch()).injectOpen(rampUsers(WATCHERS).during(GATHER_SECONDS)),
				sale.injectOpen(nothingFor(GATHER_SECONDS + 1L),
						constantUsersPerSec(BUYERS_PER_SECOND).during(SALE_SECONDS)))
			.protocols(Requests.protocol().sseUnmatchedInboundMessageBufferSize(STATES_KEPT))
			.assertions(
					Stream.concat(Budget.of(1_000, "book").stream(), Stream.of(everySubscriberSeesSoldOut())).toList());
	}

	private static Assertion everySubscriberSeesSoldOut() {
		return details(SOLD_OUT).successfulRequests().count().is((long) WATCHERS);
	}

	private ChainBuilder onEvent() {
		return exec((session) -> session.set("event", this.sale.event()));
	}

	private ChainBuilder watch() {
		return exec(sse("subscribe").get("/api/v1/events/#{event}/status")
			.await(TIMEOUT_SECONDS)
			.on(sse.checkMessage("first state is seen")
				.matching(jsonPath("$.id").exists())
				.check(jsonPath("$.id").saveAs(FIRST))))
			.exec(sse("wait").setCheck()
				.await(TIMEOUT_SECONDS)
				.on(sse.checkMessage(SOLD_OUT)
					.matching(regex("soldOut.{0,3}:true"))
					.check(jsonPath("$.id").saveAs(LAST))))
			.exec(sse.processUnmatchedMessages(this::compare))
			.exec(sse("leave").close());
	}

	private Session compare(List<SseInboundMessage> between, Session session) {
		if (session.contains(FIRST) && session.contains(LAST) && !Revisions.grow(session.getString(FIRST),
				between.stream().map(SseInboundMessage::message).toList(), session.getString(LAST))) {
			this.outOfOrder.incrementAndGet();
		}
		return session;
	}

	@Override
	public void before() {
		this.sale = Sale.open(this.service, "Sale with subscribers", SEATS);
	}

	@Override
	public void after() {
		Audit.require(this.service, this.sale);
		if (this.outOfOrder.get() > 0) {
			throw new IllegalStateException(
					"%d subscribers received an older state after a newer one".formatted(this.outOfOrder.get()));
		}
	}

}
