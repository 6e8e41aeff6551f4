package dev.lastseat.web;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The description of the API says nothing that is not so. (That it says everything is
 * held by each test of the routes: see {@link DescribedApi#hold}.)
 */
class ApiDescriptionTest {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final DescribedApi API = WebSlice.DESCRIPTION;

	private static final Map<String, Class<? extends Record>> RECORDS = Map.of("Event", EventView.class, "EventList",
			EventListView.class, "EventRequest", EventRequest.class, "EventChange", EventRequest.class, "Registration",
			RegistrationView.class, "RegistrationList", RegistrationListView.class, "RegistrationRequest",
			RegistrationRequest.class, "Status", StatusView.class, "Problem", ProblemView.class, "ProblemCode",
			ProblemCodeView.class);

	private static final Set<String> BEFORE_THE_ROUTES = Set.of("unauthorized", "forbidden", "overloaded");

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web").allowing("WARN \\S+ \\S+ got .*");

	private final StubEvents events = new StubEvents();

	private final WebTestClient client = WebSlice.client(this.events);

	ApiDescriptionTest() {
		this.events.found = Mono.just(ApiExamples.GALA);
		this.events.listed = Mono.just(ApiExamples.GALA);
	}

	@Test
	void describesEveryOperationOnce() {
		assertThat(operations().map((operation) -> operation.path("operationId").stringValue()))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(ApiOperation.values()).map(ApiOperation::id).toList());
	}

	@Test
	void describesEveryMemberOfEveryBody() {
		JsonNode schemas = API.document().at("/components/schemas");

		assertThat(schemas.propertyNames()).containsExactlyInAnyOrderElementsOf(RECORDS.keySet());
		RECORDS.forEach((name, type) -> assertThat(schemas.path(name).path("properties").propertyNames()).as(name)
			.containsExactlyInAnyOrderElementsOf(
					Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList()));
	}

	/**
	 * Each character by itself as a title, and within one.
	 */
	@Test
	void describesTheTitlesThatTheServiceTakes() {
		String form = WebSlice.DESCRIPTION.document()
			.at("/components/schemas/EventRequest/properties/title/pattern")
			.stringValue();

		assertThat(form).isNotEmpty();
		assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
			.mapToObj(Character::toString)
			.flatMap((text) -> Stream.of(text, "a" + text + "b"))
			.filter((text) -> Pattern.matches(form, text) != isTitle(text))).isEmpty();
	}

	private static boolean isTitle(String text) {
		try {
			new EventDraft(text, null, Instant.EPOCH, null, 1);
			return true;
		}
		catch (InvalidInputException ex) {
			return false;
		}
	}

	static Stream<Arguments> answers() {
		return operations().flatMap((operation) -> operation.path("responses").propertyStream().flatMap((answer) -> {
			int status = Integer.parseInt(answer.getKey());
			JsonNode problem = answer.getValue().at("/content/application~1problem+json/examples");
			String id = operation.path("operationId").stringValue();
			return problem.isMissingNode()
					? Stream.of(arguments(id, status, "", answer.getValue().at("/content/application~1json/example")))
					: problem.propertyStream()
						.map((example) -> arguments(id, status, example.getKey(), example.getValue().path("value")));
		}))
			.filter((answer) -> !BEFORE_THE_ROUTES.contains(answer.get()[2]))
			.filter((answer) -> !(answer.get()[0].equals("watchStatus") && answer.get()[1].equals(200)));
	}

	/**
	 * But for those that are given before a request comes to its route, or while it
	 * lasts: streams have tests of their own.
	 */
	@ParameterizedTest(name = "{0} {1} {2}")
	@MethodSource("answers")
	void answersAsDescribed(String operation, int status, String code, JsonNode example) {
		Request request = new Request(operation);
		provoke(request, status, code);

		byte[] body = request.send()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBodyContent();

		if (code.equals("internal-error")) {
			assertThat(this.log.lines()).singleElement()
				.asString()
				.matches("(?s)ERROR \\S+ \\S+ failed: .*a mistake.*");
		}
		if (example.isMissingNode()) {
			assertThat(body).isNullOrEmpty();
		}
		else {
			assertThat(withoutInstance(JSON.readTree(body))).isEqualTo(withoutInstance(example));
		}
	}

	/** The instance is the path, and some paths have to be wrong. */
	private static JsonNode withoutInstance(JsonNode body) {
		return ((ObjectNode) body.deepCopy()).without("instance");
	}

	private void provoke(Request request, int status, String code) {
		switch (code) {
			case "" -> succeed(request, status);
			case "invalid-request" -> request.spoil();
			case "invalid-cursor" -> request.path += "?after=x";
			case "not-found" -> request.path = "/problems/unheard-of";
			case "event-not-found" -> loseTheEvent();
			case "registration-not-found" -> this.events.registered = Mono.just(false);
			case "not-acceptable" -> request.accept = "image/png";
			case "already-registered" -> this.events.booking = Mono.just(BookingOutcome.ALREADY_REGISTERED);
			case "sold-out" -> this.events.booking = Mono.just(BookingOutcome.SOLD_OUT);
			case "capacity-below-sold" -> this.events.change = Mono.just(ChangeOutcome.CAPACITY_BELOW_SOLD);
			case "event-has-registrations" -> this.events.deletion = Mono.just(DeletionOutcome.HAS_REGISTRATIONS);
			case "event-exists" -> this.events.creation = Mono.just(EventCreation.ID_TAKEN);
			case "precondition-failed" -> expectAnotherTag(request);
			case "payload-too-large" -> request.body = "{\"title\": \"" + "x".repeat(100_000) + "\"}";
			case "unsupported-media-type" -> request.type = MediaType.TEXT_PLAIN;
			case "storage-unavailable" -> fail(new StorageException.Busy());
			case "outcome-unknown" -> fail(new StorageException.OutcomeUnknown(new IllegalStateException("no answer")));
			case "internal-error" -> fail(new IllegalStateException("a mistake"));
			default -> throw new AssertionError("nothing leads to " + code);
		}
	}

	private void succeed(Request request, int status) {
		if (status == 304) {
			request.ifNoneMatch = request.id.equals(ApiOperation.READ_EVENT.id()) ? EntityTags.of(ApiExamples.GALA)
					: "*";
		}
		if (request.id.equals(ApiOperation.ENSURE_EVENT.id())) {
			this.events.creation = Mono.just(new EventCreation(
					(status == 201) ? EventCreation.Outcome.CREATED : EventCreation.Outcome.ALREADY_CREATED,
					ApiExamples.GALA_CREATED));
		}
		if (status == 200 && request.id.equals(ApiOperation.ENSURE_REGISTRATION.id())) {
			this.events.booking = Mono.just(BookingOutcome.ALREADY_REGISTERED);
		}
	}

	private void expectAnotherTag(Request request) {
		request.ifMatch = "\"another\"";
		this.events.change = Mono.just(ChangeOutcome.STALE);
		this.events.deletion = Mono.just(DeletionOutcome.STALE);
	}

	private void loseTheEvent() {
		this.events.found = Mono.empty();
		this.events.registered = Mono.empty();
		this.events.registrations = Mono.empty();
		this.events.booking = Mono.just(BookingOutcome.EVENT_NOT_FOUND);
		this.events.release = Mono.just(ReleaseOutcome.EVENT_NOT_FOUND);
		this.events.change = Mono.just(ChangeOutcome.EVENT_NOT_FOUND);
		this.events.deletion = Mono.just(DeletionOutcome.EVENT_NOT_FOUND);
	}

	private void fail(RuntimeException error) {
		this.events.found = Mono.error(error);
		this.events.listed = Mono.error(error);
		this.events.registered = Mono.error(error);
		this.events.registrations = Mono.error(error);
		this.events.booking = Mono.error(error);
		this.events.release = Mono.error(error);
		this.events.change = Mono.error(error);
		this.events.deletion = Mono.error(error);
		this.events.creation = Mono.error(error);
	}

	private static Stream<JsonNode> operations() {
		return API.document().path("paths").valueStream().flatMap(JsonNode::valueStream);
	}

	/**
	 * The request of the examples, until it is changed.
	 */
	private final class Request {

		private final String id;

		private HttpMethod method = HttpMethod.GET;

		private String path = "";

		private String body = "";

		private String accept = "application/json, text/event-stream";

		private String ifNoneMatch = "";

		private String ifMatch = "";

		private MediaType type = MediaType.APPLICATION_JSON;

		Request(String id) {
			this.id = id;
			API.document()
				.path("paths")
				.propertyStream()
				.forEach((item) -> item.getValue().propertyStream().forEach((operation) -> {
					if (operation.getValue().path("operationId").stringValue().equals(id)) {
						this.method = HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT));
						this.path = ApiExamples.address(item.getKey());
						if (this.path.equals(Paths.STATUS)) {
							this.path += "?eventId=" + ApiExamples.GALA.id();
						}
						JsonNode example = operation.getValue().at("/requestBody/content/application~1json/example");
						this.body = example.isMissingNode() ? "" : example.toString();
					}
				}));
		}

		void spoil() {
			if (!this.body.isEmpty()) {
				this.body = "[]";
			}
			else if (this.method == HttpMethod.GET && !this.path.endsWith(ApiExamples.ADA.value())) {
				this.path = this.path.replaceAll("\\?.*", "") + "?limit=0";
			}
			else if (this.method == HttpMethod.DELETE && !this.path.endsWith(ApiExamples.ADA.value())) {
				this.path += "?withRegistrations=perhaps";
			}
			else {
				this.path = this.path.replace(ApiExamples.ADA.value(), "\u00e4");
			}
		}

		WebTestClient.ResponseSpec send() {
			WebTestClient.RequestBodySpec request = ApiDescriptionTest.this.client.method(this.method)
				.uri(this.path)
				.header("Accept", this.accept)
				.header("X-Request-Id", ApiExamples.REQUEST_ID);
			if (!this.ifNoneMatch.isEmpty()) {
				request.header("If-None-Match", this.ifNoneMatch);
			}
			if (!this.ifMatch.isEmpty()) {
				request.header("If-Match", this.ifMatch);
			}
			return this.body.isEmpty() ? request.exchange()
					: request.contentType(this.type).bodyValue(this.body).exchange();
		}

	}

}
