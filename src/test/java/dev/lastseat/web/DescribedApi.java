package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.lastseat.web.page.ApiDescription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API description, and the check of responses against it.
 */
public final class DescribedApi {

	private static final String ID = "urn:lastseat";

	/** The headers that carry information and therefore must be described. */
	private static final Set<String> INFORMATIVE = Set.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.LINK,
			HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.ALLOW);

	/** Stands for the body of a stream, which does not end. */
	private static final byte[] STREAM = { '\n' };

	private final JsonNode document;

	private final SchemaRegistry schemas;

	private DescribedApi(JsonNode document) {
		this.document = document;
		this.schemas = SchemaRegistry.withDialect(Dialects.getOpenApi31(),
				(builder) -> builder.schemas(Map.of(ID, withoutUnnamedMembers(document))));
	}

	static DescribedApi read(JsonMapper json) {
		return new DescribedApi(json.readTree(ApiDescription.json(json)));
	}

	/**
	 * The schemas allow unnamed members, so that members can be added later. Here unnamed
	 * members are forbidden, so that no member is added without a description.
	 */
	private static String withoutUnnamedMembers(JsonNode document) {
		ObjectNode closed = (ObjectNode) document.deepCopy();
		closed.path("components")
			.path("schemas")
			.forEach((schema) -> ((ObjectNode) schema).put("additionalProperties", false));
		return closed.toString();
	}

	public JsonNode document() {
		return this.document;
	}

	/**
	 * Resolves a reference; returns any other node unchanged.
	 */
	JsonNode resolve(JsonNode node) {
		return node.has("$ref") ? this.document.at(node.path("$ref").stringValue().substring(1)) : node;
	}

	Stream<DescribedOperation> operations() {
		return this.document.path("paths")
			.propertyStream()
			.flatMap((path) -> path.getValue()
				.propertyNames()
				.stream()
				.map((method) -> DescribedOperation.of(this, HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
						path.getKey(), "/paths/" + escape(path.getKey()) + "/" + method)));
	}

	private static String escape(String name) {
		return name.replace("/", "~1");
	}

	private Optional<DescribedOperation> operation(String path, HttpMethod method) {
		HttpMethod described = (method == HttpMethod.HEAD) ? HttpMethod.GET : method;
		return operations().filter((operation) -> operation.method() == described)
			.filter((operation) -> PathPatternParser.defaultInstance.parse(operation.path())
				.matches(PathContainer.parsePath(path)))
			.findFirst();
	}

	/**
	 * Returns the response if it is described: its status, its headers, its media type,
	 * and all members of its body, unless it is a stream.
	 */
	Mono<ClientResponse> check(ClientRequest request, ClientResponse answer) {
		if (answer.headers().contentType().filter(MediaType.TEXT_EVENT_STREAM::equals).isPresent()) {
			check(request, answer, STREAM);
			return Mono.just(answer);
		}
		return answer.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map((body) -> {
			check(request, answer, body);
			return answer.mutate().body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body))).build();
		});
	}

	private void check(ClientRequest request, ClientResponse answer, byte[] body) {
		int status = answer.statusCode().value();
		Optional<DescribedOperation> found = operation(request.url().getRawPath(), request.method());
		if (request.url().getPath().matches("/|/page/.*|/v3/.*|/swagger-ui.*")) {
			// Not part of the API.
			assertThat(found).isEmpty();
			return;
		}
		if (found.isEmpty()) {
			assertThat(status).as("status of an undescribed operation").isIn(404, 405);
			return;
		}
		DescribedOperation operation = found.get();
		assertThat(operation.answers().keySet()).as("statuses of %s", operation.id()).contains(status);
		checkRequest(operation, request, status);
		checkHeaders(operation.id(), operation.answers().get(status).path("headers"), answer.headers().asHttpHeaders());
		if (body.length > 0) {
			checkBody(operation, status, answer.headers().contentType().orElseThrow(), body);
		}
	}

	/**
	 * A request body that has an effect must have a described media type.
	 */
	private void checkRequest(DescribedOperation operation, ClientRequest request, int status) {
		MediaType type = request.headers().getContentType();
		JsonNode body = resolve(operation.node().path("requestBody"));
		if (type != null && !body.isMissingNode() && status < 300) {
			assertThat(body.path("content").propertyNames()).as("bodies of %s", operation.id()).contains(name(type));
		}
	}

	private static String name(MediaType type) {
		return type.getType() + "/" + type.getSubtype();
	}

	/**
	 * @return the JSON pointer of the schema of the response
	 */
	private String schema(DescribedOperation operation, int status, String type) {
		JsonNode answer = operation.node().path("responses").path(String.valueOf(status));
		String pointer = answer.has("$ref") ? answer.path("$ref").stringValue()
				: "#" + operation.pointer() + "/responses/" + status;
		return ID + pointer + "/content/" + escape(type) + "/schema";
	}

	private void checkHeaders(String id, JsonNode described, HttpHeaders headers) {
		assertThat(described.propertyNames()).as("informative headers of %s", id)
			.containsAll(INFORMATIVE.stream().filter(headers::containsHeader).toList());
		assertThat(headers.headerNames()).as("headers of %s", id)
			.containsAll(described.propertyNames()
				.stream()
				.filter((name) -> resolve(described.path(name)).path("required").asBoolean())
				.toList());
	}

	private void checkBody(DescribedOperation operation, int status, MediaType type, byte[] body) {
		String name = name(type);
		assertThat(operation.answers().get(status).path("content").propertyNames())
			.as("media types of %s", operation.id())
			.contains(name);
		if (type.getSubtype().endsWith("json")) {
			List<Error> errors = this.schemas.getSchema(SchemaLocation.of(schema(operation, status, name)))
				.validate(new String(body, StandardCharsets.UTF_8), InputFormat.JSON);
			assertThat(errors).as("body of %s, status %d", operation.id(), status).isEmpty();
		}
	}

}
