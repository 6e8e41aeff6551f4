package dev.lastseat.web;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
 * Compares the API description with the routes and with their responses. Every other test
 * of a route checks its responses against the description too: see
 * {@link DescribedApi#check}.
 */
class ApiDescriptionTest {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final DescribedApi API = WebSlice.DESCRIPTION;

	/** The routes that do not belong to the API. */
	private static final Set<String> PAGES = Set.of("GET /", "GET /page/{file}", "GET /v3/api-docs",
			"GET /v3/api-docs.yaml", "GET /swagger-ui.html", "GET /swagger-ui/{file}");

	/**
	 * Responses of the security filters, which are not part of the routes, and of the
	 * limit of streams. They have their own tests.
	 */
	private static final Set<String> TESTED_ELSEWHERE = Set.of("401 unauthorized", "403 forbidden", "503 overloaded");

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web")
		.allowing("WARN \\S+ \\S+ got .*")
		.allowing("ERROR \\S+ \\S+ failed: .*a mistake.*");

	@Test
	void describesExactlyTheRoutes() {
		Set<String> described = operations().map(DescribedOperation::toString).collect(Collectors.toSet());
		Set<String> expected = new HashSet<>(described);
		expected.addAll(PAGES);
		expected.addAll(expected.stream()
			.filter((route) -> route.startsWith("GET "))
			.map((route) -> route.replaceFirst("GET", "HEAD"))
			.toList());

		assertThat(WebSlice.routes().all()).containsExactlyInAnyOrderElementsOf(expected);
		assertThat(described).hasSizeGreaterThan(10).doesNotContainAnyElementsOf(PAGES);
	}

	@Test
	void givesEveryOperationAUniqueId() {
		assertThat(operations().map(DescribedOperation::id)).doesNotHaveDuplicates().doesNotContain("");
	}

	/**
	 * Every component is referenced, because an unused component describes nothing.
	 */
	@Test
	void usesEveryComponent() {
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
	 * Tries every provocation with every operation. {@link DescribedApi#check} fails for
	 * a response that is not described.
	 */
	@ParameterizedTest
	@MethodSource("operations")
	void describesTheResponsesOfTheOperation(DescribedOperation operation) {
		Set<String> provoked = answers(operation).keySet();

		Set<String> described = operation.outcomes();
		assertThat(described).containsAll(provoked);
		described.removeAll(TESTED_ELSEWHERE);
		assertThat(provoked).containsAll(described);
	}

	@ParameterizedTest
	@MethodSource("operations")
	void showsResponsesOfTheOperation(DescribedOperation operation) {
		Map<String, Set<JsonNode>> provoked = answers(operation);

		Map<String, JsonNode> examples = examples(operation);
		examples.keySet().removeAll(TESTED_ELSEWHERE);
		assertThat(examples).isNotEmpty()
			.allSatisfy((outcome, example) -> assertThat(provoked.get(outcome)).as(outcome).contains(example));
	}

	/**
	 * @return every response of the operation, with its JSON body
	 */
	private static Map<String, Set<JsonNode>> answers(DescribedOperation operation) {
		Map<String, Set<JsonNode>> answers = new TreeMap<>();
		for (Provocation provocation : Provocation.values()) {
			provocation.send(operation, (answer) -> {
				JsonNode body = body(answer);
				String code = body.path("requestId").isMissingNode() ? "" : " " + body.path("code").asString();
				answers.computeIfAbsent(answer.returnResult().getStatus().value() + code, (key) -> new HashSet<>())
					.add(withoutInstance(body));
			});
		}
		return answers;
	}

	/**
	 * @return the JSON body; missing when the response has no body or is a stream
	 */
	private static JsonNode body(WebTestClient.ResponseSpec answer) {
		ExchangeResult head = answer.returnResult();
		byte[] body = MediaType.TEXT_EVENT_STREAM.equals(head.getResponseHeaders().getContentType()) ? null
				: answer.expectBody().returnResult().getResponseBody();
		return (body != null) ? JSON.readTree(body) : JSON.missingNode();
	}

	/**
	 * The example of each response; for problems, the example of each code.
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

	/** Removes the instance, which is the path of one request. */
	private static JsonNode withoutInstance(JsonNode body) {
		return (body instanceof ObjectNode object) ? object.deepCopy().without("instance") : body;
	}

	static Stream<DescribedOperation> operationsWithABody() {
		return operations().filter((operation) -> operation.node().has("requestBody"));
	}

	@ParameterizedTest
	@MethodSource("operationsWithABody")
	void describesTheMediaTypesOfTheRequest(DescribedOperation operation) {
		Set<MediaType> accepted = new HashSet<>();
		for (MediaType type : Set.of(MediaType.APPLICATION_JSON, BodyTypes.MERGE_PATCH, MediaType.TEXT_PLAIN)) {
			ExampleRequest request = new ExampleRequest(API, operation);
			request.type = type;
			if (request.send(WebSlice.client(new StubEvents())).returnResult().getStatus().is2xxSuccessful()) {
				accepted.add(type);
			}
		}

		assertThat(API.resolve(operation.node().path("requestBody")).path("content").propertyNames())
			.isEqualTo(accepted.stream().map(MediaType::toString).collect(Collectors.toSet()));
	}

	@ParameterizedTest
	@MethodSource("operations")
	void showsTheResponsesThatOtherTestsProvoke(DescribedOperation operation) {
		Map<String, ProblemException> problems = Map.of("401 unauthorized",
				Problems.of(new AuthenticationCredentialsNotFoundException("no token")), "403 forbidden",
				Problems.of(new AccessDeniedException("no scope")), "503 overloaded",
				operation.node().path("security").isMissingNode() ? Problems.tooManyStreams()
						: Problems.of(new AuthenticationServiceException("no keys")));

		examples(operation).forEach((outcome, example) -> {
			if (TESTED_ELSEWHERE.contains(outcome)) {
				ProblemView problem = ProblemView.of(problems.get(outcome), "", ExampleRequest.REQUEST_ID);
				assertThat(example).isEqualTo(withoutInstance(JSON.valueToTree(problem)));
			}
		});
		assertThat(operation.outcomes().contains("401 unauthorized")).isEqualTo(operation.node().has("security"));
	}

}
