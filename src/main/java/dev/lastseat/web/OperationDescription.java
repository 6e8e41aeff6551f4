package dev.lastseat.web;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.UserId;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.links.Link;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;

import org.springframework.http.HttpHeaders;

/**
 * Collects what there is to say of one operation. What follows from it is added: the
 * parameters in the path, and the problems that come with a body or a list, with the
 * storage, or with a caller who has to say who they are.
 */
final class OperationDescription {

	static final String JWT = "jwt";

	static final String JSON = org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

	private static final Pattern PATH_VARIABLE = Pattern.compile("\\{(\\w+)}");

	private final Operation operation;

	private final ApiResponses answers = new ApiResponses();

	private final String path;

	private final ExampleWriter examples;

	/** Examples of problems that are other ones than elsewhere. */
	private final Map<ProblemCode, ProblemException> ofItsOwn = new EnumMap<>(ProblemCode.class);

	private final Set<ProblemCode> problems = EnumSet.of(ProblemCode.NOT_ACCEPTABLE);

	/**
	 * @param operation knows its id, and nothing else
	 */
	OperationDescription(Operation operation, String path, ExampleWriter examples) {
		this.operation = operation;
		this.path = path;
		this.examples = examples;
		PATH_VARIABLE.matcher(path).results().forEach((variable) -> parameter(variable.group(1)));
		if (path.contains("{userId}")) {
			invalid(UserId.BAD_FORM);
		}
	}

	OperationDescription is(String tag, String summary, String description) {
		this.operation.addTagsItem(tag).summary(summary).description(description);
		return this;
	}

	/**
	 * @param name one of {@link ApiParameters}
	 */
	OperationDescription parameter(String name) {
		this.operation.addParametersItem(new Parameter().$ref("#/components/parameters/" + name));
		return this;
	}

	/** What a request may demand of the state of its resource. */
	OperationDescription preconditions() {
		return parameter(HttpHeaders.IF_MATCH).parameter(HttpHeaders.IF_NONE_MATCH)
			.problems(ProblemCode.PRECONDITION_FAILED);
	}

	/** The same, for a read of something that has no entity tag. */
	OperationDescription preconditionsWithoutTag() {
		return preconditions().answers(304, "If-None-Match is *, and there is something to read.");
	}

	/** A list that comes in pages. */
	OperationDescription paged() {
		return parameter("limit").parameter("after")
			.invalid(RequestReader.BAD_LIMIT)
			.problems(ProblemCode.INVALID_CURSOR);
	}

	OperationDescription body(String schema, Object example) {
		this.operation.requestBody(new RequestBody().required(true).content(json(schema, example)));
		return invalid(BodyFields.NO_OBJECT).problems(ProblemCode.PAYLOAD_TOO_LARGE,
				ProblemCode.UNSUPPORTED_MEDIA_TYPE);
	}

	/**
	 * @param example what makes the request of the examples invalid
	 */
	OperationDescription invalid(Violation example) {
		return problem(ProblemException.invalid(List.of(example)));
	}

	/**
	 * @param example of a problem that is another one than elsewhere
	 */
	OperationDescription problem(ProblemException example) {
		this.ofItsOwn.put(example.code(), example);
		return problems(example.code());
	}

	OperationDescription answers(int status, String description, String... headers) {
		return answers(status, ApiHeaders.on(new ApiResponse().description(description), headers));
	}

	OperationDescription answers(int status, String description, String schema, Object example, String... headers) {
		ApiResponse answer = new ApiResponse().description(description).content(json(schema, example));
		return answers(status, ApiHeaders.on(answer, headers));
	}

	private OperationDescription answers(int status, ApiResponse answer) {
		this.answers.addApiResponse(String.valueOf(status), answer);
		return this;
	}

	/**
	 * @param status of an answer that leads on to other operations
	 */
	OperationDescription links(int status, Map<String, Link> links) {
		this.answers.get(String.valueOf(status)).links(links);
		return this;
	}

	/**
	 * @param status of an answer that comes in this form, too, or only in this one
	 */
	OperationDescription alsoAs(int status, String mediaType, Schema<?> schema) {
		ApiResponse answer = this.answers.get(String.valueOf(status));
		Content content = (answer.getContent() != null) ? answer.getContent() : new Content();
		answer.content(content.addMediaType(mediaType, new MediaType().schema(schema)));
		return this;
	}

	/**
	 * The answer is a stream, or can be.
	 */
	OperationDescription streamed() {
		return alsoAs(200, org.springframework.http.MediaType.TEXT_EVENT_STREAM_VALUE, SchemaParts.text())
			.problem(StreamPlaces.noneLeft());
	}

	OperationDescription problems(ProblemCode... codes) {
		this.problems.addAll(Set.of(codes));
		return this;
	}

	/**
	 * It takes the storage to answer.
	 * @param codes what the storage may say
	 */
	OperationDescription stored(ProblemCode... codes) {
		return problems(codes).problems(ProblemCode.STORAGE_UNAVAILABLE, ProblemCode.INTERNAL_ERROR);
	}

	/**
	 * The storage may not confirm what it was asked to change.
	 * @param repeatable whether the request is safe to repeat then
	 */
	OperationDescription written(boolean repeatable) {
		ProblemException unknown = ApiExamples.problem(ProblemCode.OUTCOME_UNKNOWN);
		return problem(repeatable ? unknown : unknown.notRetryable());
	}

	/**
	 * The caller has to say who they are, in the mode jwt; in the mode open nobody has
	 * to.
	 * @param scopes what their token has to carry
	 */
	OperationDescription secured(String... scopes) {
		this.operation.addSecurityItem(new SecurityRequirement().addList(JWT, List.of(scopes)))
			.addSecurityItem(new SecurityRequirement());
		return problems(ProblemCode.UNAUTHORIZED, ProblemCode.FORBIDDEN, ProblemCode.OVERLOADED);
	}

	private Content json(String schema, Object example) {
		return new Content().addMediaType(JSON,
				new MediaType().schema(SchemaParts.reference(schema)).example(this.examples.write(example)));
	}

	/**
	 * Adds the problems. They are known when everything else has been said.
	 */
	void finish() {
		ProblemDescription problem = new ProblemDescription(ApiExamples.address(this.path), this.ofItsOwn,
				this.examples);
		ProblemDescription.byStatus(this.problems)
			.forEach((status, codes) -> this.answers.addApiResponse(String.valueOf(status.value()), problem.of(codes)));
		this.operation.responses(this.answers);
	}

}
