package dev.lastseat.web;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static dev.lastseat.web.ApiOperation.CHANGE_EVENT;
import static dev.lastseat.web.ApiOperation.CREATE_EVENT;
import static dev.lastseat.web.ApiOperation.DELETE_EVENT;
import static dev.lastseat.web.ApiOperation.ENSURE_EVENT;
import static dev.lastseat.web.ApiOperation.ENSURE_REGISTRATION;
import static dev.lastseat.web.ApiOperation.EXPLAIN_PROBLEM;
import static dev.lastseat.web.ApiOperation.LIST_EVENTS;
import static dev.lastseat.web.ApiOperation.LIST_EVENTS_OF_USER;
import static dev.lastseat.web.ApiOperation.LIST_REGISTRATIONS;
import static dev.lastseat.web.ApiOperation.READ_EVENT;
import static dev.lastseat.web.ApiOperation.READ_REGISTRATION;
import static dev.lastseat.web.ApiOperation.READ_STATUS;
import static dev.lastseat.web.ApiOperation.REGISTER;
import static dev.lastseat.web.ApiOperation.RELEASE_REGISTRATION;
import static dev.lastseat.web.ApiOperation.WATCH_STATUS;
import static dev.lastseat.web.Preconditions.checked;
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
			StatusHandler status, ProblemPage problems, Page page, ProblemWriter writer, WebSettings settings) {
		RouterFunction<ServerResponse> lists = new RouteTable() //
			.row(POST, Paths.EVENTS, CREATE_EVENT, checked(events::create))
			.row(GET, Paths.EVENTS, LIST_EVENTS, checked(events::list))
			.row(POST, Paths.REGISTRATIONS, REGISTER, checked(registrations::register))
			.row(GET, Paths.REGISTRATIONS, LIST_REGISTRATIONS, checked(registrations::list))
			.row(GET, Paths.USER_REGISTRATIONS, LIST_EVENTS_OF_USER, checked(events::listOfUser))
			.build();
		RouterFunction<ServerResponse> items = new RouteTable() //
			.row(PUT, Paths.REGISTRATION, ENSURE_REGISTRATION, registrations::ensure)
			.row(GET, Paths.REGISTRATION, READ_REGISTRATION, checked(registrations::read))
			.row(DELETE, Paths.REGISTRATION, RELEASE_REGISTRATION, registrations::release)
			.row(GET, Paths.EVENT, READ_EVENT, events::read)
			.row(PUT, Paths.EVENT, ENSURE_EVENT, events::ensure)
			.row(PATCH, Paths.EVENT, CHANGE_EVENT, events::change)
			.row(DELETE, Paths.EVENT, DELETE_EVENT, events::delete)
			.build();
		RouterFunction<ServerResponse> json = items.and(lists)
			.filter(RequestFilters.answerRefusals(writer))
			.filter(RequestFilters::requireJsonAccepted);
		RouterFunction<ServerResponse> live = new RouteTable() //
			.row(GET, Paths.EVENT_STATUS, READ_STATUS, checked(status::read))
			.row(GET, Paths.STATUS, WATCH_STATUS, checked(status::watchMany))
			.build();
		return json.and(live)
			.filter(RequestFilters.answerWithin(settings.requestTimeout()))
			.and(new RouteTable() //
				.row(GET, Paths.PROBLEM, EXPLAIN_PROBLEM, problems::read)
				.row(GET, Paths.PAGE, page::index)
				.row(GET, Paths.PAGE_FILE, page::file)
				.build());
	}

}
