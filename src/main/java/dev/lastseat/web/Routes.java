package dev.lastseat.web;

import java.util.List;

import dev.lastseat.web.page.ApiDescription;
import dev.lastseat.web.page.ProblemPage;
import dev.lastseat.web.page.SwaggerUi;
import dev.lastseat.web.page.WebPage;
import dev.lastseat.web.problem.ProblemWriter;
import reactor.core.scheduler.Scheduler;

import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

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

	static PathRoutes of(EventHandler events, RegistrationHandler registrations, HoldHandler holds,
			WaitingListHandler waitingLists, StandingHandler standings, JournalHandler journals, StatusHandler status,
			ProblemWriter writer, WebSettings settings, Scheduler timeouts) {
		RouteTable json = new RouteTable() //
			.row(POST, Paths.EVENTS, checked(events::create))
			.row(GET, Paths.EVENTS, checked(events::list))
			.row(POST, Paths.REGISTRATIONS, checked(registrations::register))
			.row(PUT, Paths.REGISTRATIONS, checked(registrations::ensureParty))
			.row(GET, Paths.REGISTRATIONS, checked(registrations::list))
			.row(GET, Paths.USER_REGISTRATIONS, checked(events::listOfUser))
			.row(PUT, Paths.REGISTRATION, registrations::ensure)
			.row(GET, Paths.REGISTRATION, checked(registrations::read))
			.row(DELETE, Paths.REGISTRATION, registrations::release)
			.row(PUT, Paths.HOLDS, checked(holds::ensureParty))
			.row(GET, Paths.HOLDS, checked(holds::list))
			.row(PUT, Paths.HOLD, holds::ensure)
			.row(GET, Paths.HOLD, checked(holds::read))
			.row(DELETE, Paths.HOLD, holds::release)
			.row(GET, Paths.WAITING_LIST, checked(waitingLists::list))
			.row(PUT, Paths.WAITING_PLACE, waitingLists::join)
			.row(GET, Paths.WAITING_PLACE, checked(waitingLists::read))
			.row(DELETE, Paths.WAITING_PLACE, waitingLists::leave)
			.row(GET, Paths.EVENT, events::read)
			.row(PUT, Paths.EVENT, events::ensure)
			.row(PATCH, Paths.EVENT, events::change)
			.row(DELETE, Paths.EVENT, events::delete);
		RouteTable live = new RouteTable() //
			.row(GET, Paths.STANDING, checked(standings::read))
			.row(GET, Paths.JOURNAL, checked(journals::read))
			.row(GET, Paths.EVENT_STATUS, checked(status::read))
			.row(GET, Paths.STATUS, checked(status::watchMany));
		HandlerFilterFunction<ServerResponse, ServerResponse> timeout = RequestFilters
			.withTimeout(settings.requestTimeout(), timeouts);
		return json
			.build(List.of(timeout, RequestFilters::requireJsonAccepted, RequestFilters.answerRejections(writer)))
			.and(live.build(List.of(timeout)));
	}

	/**
	 * The web page, and the routes that explain the API: its description and the problem
	 * pages.
	 */
	static PathRoutes ofWebPages(ProblemPage problems, WebPage page, ApiDescription description, SwaggerUi ui) {
		return new RouteTable() //
			.row(GET, Paths.PROBLEM, problems::read)
			.row(GET, Paths.WEB_PAGE, page::index)
			.row(GET, Paths.WEB_PAGE_FILE, page::file)
			.row(GET, Paths.DESCRIPTION, description::json)
			.row(GET, Paths.DESCRIPTION_YAML, description::yaml)
			.row(GET, Paths.SWAGGER_UI, ui::index)
			.row(GET, Paths.SWAGGER_UI_FILE, ui::file)
			.build(List.of());
	}

}
