package dev.lastseat.web;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

/**
 * The table of routes.
 */
final class Routes {

	private Routes() {
	}

	static RouterFunction<ServerResponse> of(EventHandler events, RegistrationHandler registrations,
			ProblemPage problems, WebSettings settings) {
		RouterFunction<ServerResponse> api = new RouteTable() //
			.row(POST, Paths.EVENTS, events::create)
			.row(GET, Paths.EVENTS, events::list)
			.row(GET, Paths.EVENT, events::read)
			.row(PATCH, Paths.EVENT, events::change)
			.row(DELETE, Paths.EVENT, events::delete)
			.row(GET, Paths.EVENT_STATUS, events::status)
			.row(POST, Paths.REGISTRATIONS, registrations::register)
			.row(GET, Paths.REGISTRATIONS, registrations::list)
			.row(PUT, Paths.REGISTRATION, registrations::ensure)
			.row(GET, Paths.REGISTRATION, registrations::read)
			.row(DELETE, Paths.REGISTRATION, registrations::release)
			.row(GET, Paths.USER_REGISTRATIONS, events::listOfUser)
			.build()
			.filter(RequestFilters::requireJsonAccepted)
			.filter(RequestFilters.answerWithin(settings.requestTimeout()));
		return api.and(new RouteTable().row(GET, Paths.PROBLEM, problems::read).build());
	}

}
