package dev.lastseat.bench;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A process with a bare Spring WebFlux route that answers JSON: the least that a service
 * on this stack can cost. It has no filter and no code of the service, and reads no body.
 */
final class BareRoute {

	static final String PATH = "/api/v1/events/507f1f77bcf86cd799439011/registrations";

	private static final String PATTERN = "/api/v1/events/{eventId}/registrations";

	private BareRoute() {
	}

	public static void main(String[] args) {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(route())))
			.bindNow();
		new RemoteControl(new CostMeter(() -> 0)).serve(new RemoteControl.Address(server.port(), false,
				RemoteControl.Address.NONE, RemoteControl.Address.NONE));
		server.disposeNow();
	}

	private static RouterFunction<ServerResponse> route() {
		return RouterFunctions.route()
			.GET(PATTERN, (request) -> answer(request.pathVariable("eventId")))
			.POST(PATTERN, (request) -> answer(request.pathVariable("eventId")))
			.build();
	}

	private static Mono<ServerResponse> answer(String event) {
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(new Registration(event, "user-0000001"));
	}

	/** The body of every answer: as large as that of a booking. */
	record Registration(String eventId, String userId) {
	}

}
