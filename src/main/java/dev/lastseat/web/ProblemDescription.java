package dev.lastseat.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;

import org.springframework.http.HttpStatus;

/**
 * Describes the problems of one operation: an answer for each status, an example for each
 * code.
 */
final class ProblemDescription {

	private static final String PROBLEM_JSON = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

	private final String instance;

	private final Map<ProblemCode, ProblemException> ofItsOwn;

	private final ExampleWriter examples;

	/**
	 * @param instance what the request of the examples asks for
	 * @param ofItsOwn the problems of the operation that are other ones than elsewhere
	 */
	ProblemDescription(String instance, Map<ProblemCode, ProblemException> ofItsOwn, ExampleWriter examples) {
		this.instance = instance;
		this.ofItsOwn = ofItsOwn;
		this.examples = examples;
	}

	static Map<HttpStatus, List<ProblemCode>> byStatus(Collection<ProblemCode> codes) {
		return codes.stream().collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()));
	}

	/**
	 * @param codes all of one status
	 */
	ApiResponse of(List<ProblemCode> codes) {
		MediaType problem = new MediaType().schema(ApiSchemas.problem(codes));
		codes.forEach((code) -> problem.addExamples(code.code(), example(code)));
		String titles = codes.stream().map(ProblemCode::title).collect(Collectors.joining(", or "));
		ApiResponse answer = new ApiResponse().description(titles)
			.content(new Content().addMediaType(PROBLEM_JSON, problem));
		return switch (codes.get(0).status()) {
			case SERVICE_UNAVAILABLE -> ApiHeaders.on(answer, ApiHeaders.RETRY_AFTER);
			case UNAUTHORIZED, FORBIDDEN -> ApiHeaders.on(answer, ApiHeaders.WWW_AUTHENTICATE);
			default -> answer;
		};
	}

	private Example example(ProblemCode code) {
		ProblemException own = this.ofItsOwn.get(code);
		ProblemException problem = (own != null) ? own : ApiExamples.problem(code);
		return new Example().summary(code.title())
			.description(code.explanation())
			.value(this.examples.write(ProblemView.of(problem, this.instance, ApiExamples.REQUEST_ID)));
	}

}
