package dev.lastseat.load;

import java.time.Instant;
import java.util.function.Function;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

/**
 * The requests of the load. A session has an {@code event} and is one user. A refusal is
 * an answer: 409 is no error, 503 is one.
 */
final class Requests {

	private static final int CREATED = 201;

	private static final int NO_CONTENT = 204;

	private static final int CONFLICT = 409;

	private static final String EVENT = "/api/v1/events/#{event}";

	static final String STATUS = "status";

	static final String CODE = "code";

	private static final String SENT = "sent";

	private final Function<String, Answers> answers;

	/**
	 * @param answers of an event, by its id; every decision is recorded there
	 */
	Requests(Function<String, Answers> answers) {
		this.answers = answers;
	}

	static HttpProtocolBuilder protocol() {
		return http.baseUrl(Settings.baseUrl()).contentTypeHeader("application/json").acceptHeader("application/json");
	}

	/**
	 * Reads the event. Gatling has a cache, so the answer may be 304.
	 */
	ChainBuilder read() {
		return exec(http("read").get(EVENT).check(status().in(200, 304)));
	}

	/**
	 * Books, as a client without an earlier request.
	 */
	ChainBuilder book() {
		return recorded(http("book").post(EVENT + "/registrations")
			.body(StringBody((session) -> "{\"userId\": \"" + user(session) + "\"}"))
			.check(status().saveAs(STATUS), jsonPath("$.code").optional().saveAs(CODE), status().in(201, 409)));
	}

	/**
	 * Books around the opening of a sale. A 503 is an answer, but no decision: the client
	 * tries again.
	 */
	ChainBuilder bookAtOpening(OpeningLog log) {
		return exec((session) -> session.remove(OpeningLog.RETRY_AFTER).set(SENT, Instant.now()))
			.exec(recorded(http("book").put((session) -> registrationPath(session))
				.check(status().saveAs(STATUS), jsonPath("$.code").optional().saveAs(CODE),
						header("Retry-After").optional().saveAs(OpeningLog.RETRY_AFTER),
						status().in(200, 201, 409, 503))))
			.exec((session) -> {
				log.answered(session, session.get(SENT));
				return session;
			});
	}

	/**
	 * Books again, as a client that got no answer.
	 */
	ChainBuilder repeat() {
		return recorded(http("repeat").put((session) -> registrationPath(session))
			.check(status().saveAs(STATUS), status().in(200, 201, 409)));
	}

	ChainBuilder cancel() {
		return recorded(http("cancel").delete((session) -> registrationPath(session))
			.check(status().saveAs(STATUS), status().is(NO_CONTENT)));
	}

	/**
	 * Records the answer of a request. A failed request does not end the session.
	 */
	private ChainBuilder recorded(HttpRequestActionBuilder request) {
		return exec((session) -> session.removeAll(STATUS, CODE)).exec(request).exec((session) -> {
			record(this.answers.apply(session.getString("event")), session);
			return session.markAsSucceeded();
		});
	}

	private static void record(Answers answers, Session session) {
		int status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
		String user = user(session);
		switch (status) {
			case 200, CREATED -> answers.registered(user);
			case NO_CONTENT -> answers.notRegistered(user);
			case CONFLICT -> {
				if (!"already-registered".equals(session.getString(CODE))) {
					answers.notRegistered(user);
				}
			}
			default -> answers.unknown(user);
		}
	}

	private static String registrationPath(Session session) {
		return "/api/v1/events/" + session.getString("event") + "/registrations/" + user(session);
	}

	static String user(Session session) {
		return "user-" + session.userId();
	}

}
