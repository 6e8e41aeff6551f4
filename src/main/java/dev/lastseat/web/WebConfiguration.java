package dev.lastseat.web;

import dev.lastseat.booking.BookingService;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The way into this package: routes, problems and strict JSON, where there is a web
 * server. Needs the {@link BookingService} and the {@link WebSettings} as beans.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class WebConfiguration {

	@Bean
	RouterFunction<ServerResponse> routes(BookingService service, JsonMapper json, WebSettings settings) {
		return Routes.of(new EventHandler(service, new EventChangeReader(json)), new RegistrationHandler(service),
				new ProblemPage(), settings);
	}

	@Bean
	ProblemResponder problemResponder(JsonMapper json) {
		return new ProblemResponder(json);
	}

	@Bean
	ApiDocument apiDocument(JsonMapper json) {
		return new ApiDocument(json);
	}

	@Bean
	StrictJson strictJson() {
		return new StrictJson();
	}

}
