package dev.lastseat.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.web.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the problems in the API description with the problem codes.
 */
class DescribedProblemsTest {

	private static final DescribedApi API = WebSlice.DESCRIPTION;

	private static final Map<String, ProblemCode> CODES = Arrays.stream(ProblemCode.values())
		.collect(Collectors.toMap(ProblemCode::code, Function.identity()));

	/** The code of requests with a method that has no operation. */
	private static final Set<String> OF_NO_OPERATION = Set.of("method-not-allowed");

	static Stream<JsonNode> problems() {
		return API.document()
			.at("/components/responses")
			.valueStream()
			.filter((answer) -> !DescribedOperation.problems(answer).isMissingNode());
	}

	@ParameterizedTest
	@MethodSource("problems")
	void haveTheStatusAndTheTypeOfTheirCodes(JsonNode answer) {
		List<ProblemCode> codes = DescribedOperation.problems(answer).propertyNames().stream().map(CODES::get).toList();

		JsonNode members = answer.at("/content/application~1problem+json/schema/allOf/1/properties");
		assertThat(texts(members.at("/code/enum"))).isEqualTo(codes.stream().map(ProblemCode::code).toList());
		assertThat(texts(members.at("/type/enum")))
			.isEqualTo(codes.stream().map((code) -> code.type().toString()).toList());
		assertThat(codes).isNotEmpty().allMatch((code) -> code.status().value() == members.at("/status/const").asInt());
	}

	@ParameterizedTest
	@MethodSource("problems")
	void haveTheExplanationsOfTheirCodes(JsonNode answer) {
		DescribedOperation.problems(answer).forEachEntry((name, reference) -> {
			JsonNode example = API.resolve(reference);
			ProblemCode code = CODES.get(name);

			assertThat(example.path("summary").asString()).isEqualTo(code.title());
			assertThat(example.path("description").asString()).isEqualTo(code.explanation());
			assertThat(example.at("/value/code").asString()).isEqualTo(name);
		});
	}

	@Test
	void areComplete() {
		assertThat(texts(API.document().at("/components/schemas/Code/enum")))
			.isEqualTo(Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
		assertThat(problems().flatMap((answer) -> DescribedOperation.problems(answer).propertyNames().stream())
			.collect(Collectors.toSet())).doesNotContainAnyElementsOf(OF_NO_OPERATION)
			.hasSize(CODES.size() - OF_NO_OPERATION.size());
	}

	private static List<String> texts(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

}
