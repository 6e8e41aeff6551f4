package dev.lastseat.load;

import java.util.function.Function;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

/**
 * The requests of the load. The session holds the {@code event}; its user asks in its own
 * name. A refusal is an answer: 409 is no error, 503 is one.
 */
final class Requests {

	private static final int CREATED = 201;

	private static final int NO_CONTENT = 204;

	private static final int CONFLICT = 409;

	private static final String EVENT = "/api/v1/events/#{event}";

	private static final String STATUS = "status";

	private static final String CODE = "code";

	private final Function<String, Answers> answers;

	/**
	 * @param answers where to keep what is heard, by the id of the event
	 */
	Requests(Function<String, Answers> answers) {
		this.answers = answers;
	}

	static HttpProtocolBuilder protocol() {
		return http.baseUrl(Settings.baseUrl()).contentTypeHeader("application/json").acceptHeader("application/json");
	}

	/**
	 * Looks at the event, which answers 304 to who has seen it as it is.
	 */
	ChainBuilder read() {
		return exec(http("read").get(EVENT).check(status().in(200, 304)));
	}

	/**
	 * Asks for a seat, as somebody who has not asked before.
	 */
	ChainBuilder book() {
		return heard(http("book").post(EVENT + "/registrations")
			.body(StringBody((session) -> "{\"userId\": \"" + user(session) + "\"}"))
			.check(status().saveAs(STATUS), jsonPath("$.code").optional().saveAs(CODE), status().in(201, 409)));
	}

	/**
	 * Asks again, as a client that is not sure whether it was heard.
	 */
	ChainBuilder repeat() {
		return heard(http("repeat").put((session) -> registration(session))
			.check(status().saveAs(STATUS), status().in(200, 201, 409)));
	}

	ChainBuilder cancel() {
		return heard(http("cancel").delete((session) -> registration(session))
			.check(status().saveAs(STATUS), status().is(NO_CONTENT)));
	}

	/**
	 * Follows a request by taking down its answer; a failed one does not end the user.
	 */
	private ChainBuilder heard(HttpRequestActionBuilder request) {
		return exec((session) -> session.removeAll(STATUS, CODE)).exec(request).exec((session) -> {
			hear(this.answers.apply(session.getString("event")), session);
			return session.markAsSucceeded();
		});
	}

	private static void hear(Answers answers, Session session) {
		int status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
		String user = user(session);
		switch (status) {
			case 200, CREATED -> answers.seat(user);
			case NO_CONTENT -> answers.noSeat(user);
			case CONFLICT -> {
				if (!"already-registered".equals(session.getString(CODE))) {
					answers.noSeat(user);
				}
			}
			default -> answers.unsure(user);
		}
	}

	private static String registration(Session session) {
		return "/api/v1/events/" + session.getString("event") + "/registrations/" + user(session);
	}

	static String user(Session session) {
		return "user-" + session.userId();
	}

}
