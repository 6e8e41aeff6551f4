package dev.lastseat.security;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the API by method and path. A path without a rule is not a route.
 */
class AccessRulesTest {

	@ParameterizedTest
	@CsvSource({ "GET, /api/v1/events, PUBLIC", "HEAD, /api/v1/events, PUBLIC", "POST, /api/v1/events, EVENTS_WRITE",
			"PUT, /api/v1/events, AUTHENTICATED", "OPTIONS, /api/v1/events, AUTHENTICATED",
			"GET, /api/v1/events/1, PUBLIC", "PUT, /api/v1/events/1, EVENTS_WRITE",
			"PATCH, /api/v1/events/1, EVENTS_WRITE", "DELETE, /api/v1/events/1, EVENTS_WRITE",
			"GET, /api/v1/events/1/status, PUBLIC", "POST, /api/v1/events/1/status, AUTHENTICATED",
			"GET, /api/v1/events/1/registrations, EVENTS_WRITE", "HEAD, /api/v1/events/1/registrations, EVENTS_WRITE",
			"POST, /api/v1/events/1/registrations, AUTHENTICATED",
			"PUT, /api/v1/events/1/registrations, REGISTRATIONS_WRITE",
			"PUT, /api/v1/events/1/registrations/ada, AUTHENTICATED", "GET, /api/v1/events/1/holds, EVENTS_WRITE",
			"HEAD, /api/v1/events/1/holds, EVENTS_WRITE", "PUT, /api/v1/events/1/holds, REGISTRATIONS_WRITE",
			"GET, /api/v1/events/1/waiting-list, EVENTS_WRITE", "HEAD, /api/v1/events/1/waiting-list, EVENTS_WRITE",
			"PUT, /api/v1/events/1/waiting-list/ada, AUTHENTICATED",
			"GET, /api/v1/events/1/waiting-list/ada, AUTHENTICATED",
			"DELETE, /api/v1/events/1/waiting-list/ada, AUTHENTICATED",
			"GET, /api/v1/events/1/users/ada, AUTHENTICATED", "GET, /api/v1/events/1/journal, EVENTS_WRITE",
			"HEAD, /api/v1/events/1/journal, EVENTS_WRITE", "GET, /api/v1/events/1/holds/ada, AUTHENTICATED",
			"PUT, /api/v1/events/1/holds/ada, AUTHENTICATED", "DELETE, /api/v1/events/1/holds/ada, AUTHENTICATED",
			"GET, /api/v1/events/1/registrations/ada, AUTHENTICATED", "GET, /api/v1/users/ada/x, AUTHENTICATED",
			"GET, /api/v1/status, PUBLIC", "POST, /api/v1/status, ", "GET, /api/v1, ", "GET, /, ",
			"GET, /problems/x, " })
	void hasOneRuleForAMethodAndAPath(String method, String path, @Nullable Access access) {
		assertThat(AccessRules.find(HttpMethod.valueOf(method), PathContainer.parsePath(path))).isEqualTo(access);
	}

	/**
	 * The routes match decoded segments, and neither an empty nor an additional segment.
	 */
	@ParameterizedTest
	@CsvSource({ "/api/v1/events/1/%72egistrations, EVENTS_WRITE", "/%61pi/v1/events/1/registrations, EVENTS_WRITE",
			"/api/v1/events/1/registrations/, AUTHENTICATED", "/api/v1/events/, AUTHENTICATED",
			"/api/v1/events//registrations, AUTHENTICATED", "/api/v1/events/1//registrations, AUTHENTICATED",
			"/api/v1/events/1/Registrations, AUTHENTICATED", "/api/v1/events/*/registrations, EVENTS_WRITE",
			"/api/v1//events/1/registrations, ", "//api/v1/events/1/registrations, ", "api/v1/events, ",
			"/api/v1/EVENTS, " })
	void readsAPathAsTheRoutesDo(String path, @Nullable Access access) {
		assertThat(AccessRules.find(HttpMethod.GET, PathContainer.parsePath(path))).isEqualTo(access);
	}

}
