package dev.lastseat.web;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

/**
 * An operation of the API description.
 *
 * @param pointer the JSON pointer of the operation
 * @param answers the responses by status, with their references resolved
 */
record DescribedOperation(HttpMethod method, String path, String pointer, JsonNode node,
		Map<Integer, JsonNode> answers) {

	static DescribedOperation of(DescribedApi api, HttpMethod method, String path, String pointer) {
		JsonNode node = api.document().at(pointer);
		Map<Integer, JsonNode> answers = new TreeMap<>();
		node.path("responses")
			.forEachEntry((status, answer) -> answers.put(Integer.valueOf(status), api.resolve(answer)));
		return new DescribedOperation(method, path, pointer, node, answers);
	}

	String id() {
		return this.node.path("operationId").stringValue();
	}

	/**
	 * The problems of one status, by code; missing when there is none.
	 */
	static JsonNode problems(JsonNode answer) {
		return answer.at("/content/application~1problem+json/examples");
	}

	/**
	 * Each response as its status, and the code if it is a problem: {@code 201, 409
	 * sold-out}.
	 */
	Set<String> outcomes() {
		Set<String> outcomes = new TreeSet<>();
		this.answers.forEach((status, answer) -> {
			if (problems(answer).isMissingNode()) {
				outcomes.add(String.valueOf(status));
			}
			problems(answer).propertyNames().forEach((code) -> outcomes.add(status + " " + code));
		});
		return outcomes;
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
