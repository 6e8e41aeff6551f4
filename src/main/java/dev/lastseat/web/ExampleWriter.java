package dev.lastseat.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json31;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes examples as the service writes its answers, for the description, which is in the
 * hands of an older Jackson.
 */
final class ExampleWriter {

	private final JsonMapper json;

	ExampleWriter(JsonMapper json) {
		this.json = json;
	}

	JsonNode write(Object example) {
		try {
			return Json31.mapper().readTree(this.json.writeValueAsString(example));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
