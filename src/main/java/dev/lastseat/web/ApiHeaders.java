package dev.lastseat.web;

import java.util.LinkedHashMap;
import java.util.Map;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.responses.ApiResponse;

import org.springframework.http.HttpHeaders;

/**
 * The headers of answers.
 */
final class ApiHeaders {

	static final String LOCATION = HttpHeaders.LOCATION;

	static final String ETAG = HttpHeaders.ETAG;

	static final String LINK = HttpHeaders.LINK;

	static final String RETRY_AFTER = HttpHeaders.RETRY_AFTER;

	static final String WWW_AUTHENTICATE = HttpHeaders.WWW_AUTHENTICATE;

	private ApiHeaders() {
	}

	static ApiResponse on(ApiResponse answer, String... headers) {
		for (String header : headers) {
			answer.addHeaderObject(header, new Header().$ref("#/components/headers/" + header));
		}
		return answer;
	}

	static Map<String, Header> all() {
		Map<String, Header> headers = new LinkedHashMap<>();
		headers.put(LOCATION, always("The path of what was created.", "/api/v1/events/65f000000000000000000001"));
		headers.put(ETAG, always("The revision of the event, for If-Match and If-None-Match.", "\"7\""));
		headers.put(LINK, sometimes("The next page, as rel=\"next\". Missing on the last page.",
				"</api/v1/events?limit=20&after=ZjYxNGFlYzMs>; rel=\"next\""));
		headers.put(RETRY_AFTER, always("The seconds after which to come back.", "1"));
		headers.put(WWW_AUTHENTICATE, always("What is missing (RFC 6750).", "Bearer realm=\"lastseat\""));
		return headers;
	}

	private static Header always(String description, String example) {
		return sometimes(description, example).required(true);
	}

	private static Header sometimes(String description, String example) {
		return new Header().description(description).schema(SchemaParts.text()).example(example);
	}

}
