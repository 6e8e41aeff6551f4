package dev.lastseat.web;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.ProblemView;
import dev.lastseat.web.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.test.web.reactive.server.ExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The description of the API has the operations that there are routes for, and the
 * answers that they give. (Every test of a route holds its answers to the description as
 * well: see {@link DescribedApi#hold}.)
 */
class ApiDescriptionTest {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final DescribedApi API = WebSlice.DESCRIPTION;

	/** Routes that are no part of the API. */
	private static final Set<String> PAGES = Set.of("GET /", "GET /page/{file}", "GET /v3/api-docs",
			"GET /v3/api-docs.yaml", "GET /swagger-ui.html", "GET /swagger-ui/{file}");

	/**
	 * Answers of the security filters, which are no part of the routes, and of streams
	 * beyond the limit: they have tests of their own.
	 */
	private static final Set<String> OF_OTHER_TESTS = Set.of("401 unauthorized", "403 forbidden", "503 overloaded");

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web")
		.allowing("WARN \\S+ \\S+ got .*")
		.allowing("ERROR \\S+ \\S+ failed: .*a mistake.*");

	@Test
	void describesTheRoutesThatThereAre() {
		Set<String> described = operations().map(DescribedOperation::toString).collect(Collectors.toSet());
		Set<String> expected = new HashSet<>(described);
		expected.addAll(PAGES);
		expected.addAll(expected.stream()
			.filter((route) -> route.startsWith("GET "))
			.map((route) -> route.replaceFirst("GET", "HEAD"))
			.toList());

		assertThat(Pattern.compile("\\((\\w+) && (/\\S*)\\) ->")
			.matcher(WebSlice.routes().toString())
			.results()
			.map((route) -> route.group(1) + " " + route.group(2))).containsExactlyInAnyOrderElementsOf(expected);
		assertThat(described).hasSizeGreaterThan(10).doesNotContainAnyElementsOf(PAGES);
	}

	@Test
	void namesEveryOperationOnce() {
		assertThat(operations().map(DescribedOperation::id)).doesNotHaveDuplicates().doesNotContain("");
	}

	/**
	 * A component that no reference names describes nothing.
	 */
	@Test
	void usesEveryComponentThatThereIs() {
		Set<String> references = new HashSet<>(API.document().findValuesAsString("$ref"));

		Set<String> components = API.document()
			.path("components")
			.propertyStream()
			.filter((kind) -> !kind.getKey().equals("securitySchemes"))
			.flatMap((kind) -> kind.getValue()
				.propertyNames()
				.stream()
				.map((name) -> "#/components/" + kind.getKey() + "/" + name))
			.collect(Collectors.toSet());
		assertThat(references).isEqualTo(components);
	}

	static Stream<DescribedOperation> operations() {
		return API.operations();
	}

	/**
	 * Everything is tried with every operation. An answer that is not described fails in
	 * {@link DescribedApi#hold}, too.
	 */
	@ParameterizedTest
	@MethodSource("operations")
	void describesTheAnswersThatTheOperationGives(DescribedOperation operation) {
		Set<String> given = answers(operation).keySet();

		Set<String> described = operation.outcomes();
		assertThat(described).containsAll(given);
		described.removeAll(OF_OTHER_TESTS);
		assertThat(given).containsAll(described);
	}

	@ParameterizedTest
	@MethodSource("operations")
	void showsAnswersThatTheOperationGives(DescribedOperation operation) {
		Map<String, Set<JsonNode>> given = answers(operation);

		Map<String, JsonNode> examples = examples(operation);
		examples.keySet().removeAll(OF_OTHER_TESTS);
		assertThat(examples).isNotEmpty()
			.allSatisfy((outcome, example) -> assertThat(given.get(outcome)).as(outcome).contains(example));
	}

	/**
	 * Every answer that the operation gives, with the bodies in JSON that it has.
	 */
	private static Map<String, Set<JsonNode>> answers(DescribedOperation operation) {
		Map<String, Set<JsonNode>> answers = new TreeMap<>();
		for (Provocation provocation : Provocation.values()) {
			WebTestClient.ResponseSpec answer = provocation.send(operation);
			JsonNode body = body(answer);
			String code = body.path("requestId").isMissingNode() ? "" : " " + body.path("code").asString();
			answers.computeIfAbsent(answer.returnResult().getStatus().value() + code, (key) -> new HashSet<>())
				.add(withoutInstance(body));
		}
		return answers;
	}

	/**
	 * @return missing where the answer has no body, or a stream
	 */
	private static JsonNode body(WebTestClient.ResponseSpec answer) {
		ExchangeResult head = answer.returnResult();
		byte[] body = MediaType.TEXT_EVENT_STREAM.equals(head.getResponseHeaders().getContentType()) ? null
				: answer.expectBody().returnResult().getResponseBody();
		return (body != null) ? JSON.readTree(body) : JSON.missingNode();
	}

	/**
	 * The example of each answer, of problems the one of each code.
	 */
	private static Map<String, JsonNode> examples(DescribedOperation operation) {
		Map<String, JsonNode> examples = new TreeMap<>();
		operation.answers().forEach((status, answer) -> {
			DescribedOperation.problems(answer)
				.forEachEntry((code, example) -> examples.put(status + " " + code, value(example)));
			answer.at("/content/application~1json/examples")
				.forEach((example) -> examples.put(String.valueOf(status), value(example)));
		});
		return examples;
	}

	private static JsonNode value(JsonNode example) {
		return withoutInstance(API.resolve(example).path("value"));
	}

	/** The instance is the path of one request. */
	private static JsonNode withoutInstance(JsonNode body) {
		return (body instanceof ObjectNode object) ? object.deepCopy().without("instance") : body;
	}

	static Stream<DescribedOperation> operationsWithABody() {
		return operations().filter((operation) -> operation.node().has("requestBody"));
	}

	@ParameterizedTest
	@MethodSource("operationsWithABody")
	void describesTheMediaTypesThatTheOperationTakes(DescribedOperation operation) {
		Set<MediaType> taken = new HashSet<>();
		for (MediaType type : Set.of(MediaType.APPLICATION_JSON, BodyTypes.MERGE_PATCH, MediaType.TEXT_PLAIN)) {
			ExampleRequest request = new ExampleRequest(API, operation);
			request.type = type;
			if (request.send(WebSlice.client(new StubEvents())).returnResult().getStatus().is2xxSuccessful()) {
				taken.add(type);
			}
		}

		assertThat(API.resolve(operation.node().path("requestBody")).path("content").propertyNames())
			.isEqualTo(taken.stream().map(MediaType::toString).collect(Collectors.toSet()));
	}

	@ParameterizedTest
	@MethodSource("operations")
	void showsTheAnswersThatOtherTestsProvoke(DescribedOperation operation) {
		Map<String, ProblemException> problems = Map.of("401 unauthorized",
				Problems.of(new AuthenticationCredentialsNotFoundException("no token")), "403 forbidden",
				Problems.of(new AccessDeniedException("no scope")), "503 overloaded",
				operation.node().path("security").isMissingNode() ? Problems.tooManyStreams()
						: Problems.of(new AuthenticationServiceException("no keys")));

		examples(operation).forEach((outcome, example) -> {
			if (OF_OTHER_TESTS.contains(outcome)) {
				ProblemView problem = ProblemView.of(problems.get(outcome), "", ExampleRequest.REQUEST_ID);
				assertThat(example).isEqualTo(withoutInstance(JSON.valueToTree(problem)));
			}
		});
		assertThat(operation.outcomes().contains("401 unauthorized")).isEqualTo(operation.node().has("security"));
	}

}
