package dev.lastseat.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.swagger.v3.oas.models.links.Link;

/**
 * Where an answer leads: the operations that take its ids.
 */
final class ApiLinks {

	private ApiLinks() {
	}

	/**
	 * From an event.
	 */
	static Map<String, Link> ofEvent(ApiOperation... operations) {
		return links(Map.of("eventId", "$response.body#/id"), operations);
	}

	/**
	 * From a registration.
	 */
	static Map<String, Link> ofRegistration(ApiOperation... operations) {
		return links(Map.of("eventId", "$response.body#/eventId", "userId", "$response.body#/userId"), operations);
	}

	private static Map<String, Link> links(Map<String, String> parameters, ApiOperation... operations) {
		Map<String, Link> links = new LinkedHashMap<>();
		Arrays.stream(operations).forEach((operation) -> {
			Link link = new Link().operationId(operation.id());
			parameters.forEach(link::addParameter);
			links.put(operation.id(), link);
		});
		return links;
	}

}
