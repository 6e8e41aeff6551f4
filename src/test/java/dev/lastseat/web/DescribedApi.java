package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import org.springdoc.core.fn.builders.operation.Builder;
import org.springdoc.core.utils.Constants;
import org.springdoc.webflux.core.visitor.RouterFunctionVisitor;
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
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The description of the API, built from the table of routes without a Spring context,
 * and what answers are held to.
 */
final class DescribedApi {

	private static final String ID = "urn:lastseat";

	/** Headers that say something, and are therefore described. */
	private static final Set<String> TELLING = Set.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.LINK,
			HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.ALLOW);

	/** Stands for the body of a stream, which has no end. */
	private static final byte[] STREAM = { '\n' };

	private final JsonNode document;

	private final SchemaRegistry schemas;

	private DescribedApi(JsonNode document) {
		this.document = document;
		this.schemas = SchemaRegistry.withDialect(Dialects.getOpenApi31(),
				(builder) -> builder.schemas(Map.of(ID, closed(document))));
	}

	static DescribedApi of(RouterFunction<?> routes, JsonMapper json) {
		return new DescribedApi(json.readTree(Json31.pretty(build(routes, json))));
	}

	private static OpenAPI build(RouterFunction<?> routes, JsonMapper json) {
		OpenAPI api = new OpenAPI(SpecVersion.V31).openapi("3.1.0").paths(new Paths());
		RouterFunctionVisitor visitor = new RouterFunctionVisitor();
		routes.accept(visitor);
		visitor.getRouterFunctionDatas().forEach((route) -> {
			if (route.getAttributes().get(Constants.OPERATION_ATTRIBUTE) instanceof Builder operation) {
				PathItem item = api.getPaths().computeIfAbsent(route.getPath(), (path) -> new PathItem());
				item.operation(PathItem.HttpMethod.valueOf(route.getMethods()[0].name()),
						new Operation().operationId(operation.build().getOperation().operationId()));
			}
		});
		new ApiDocument(json).customise(api);
		return api;
	}

	/**
	 * The schemas allow members that are not named, to stay free to add some. Here they
	 * do not, so that none is added without a word.
	 */
	private static String closed(JsonNode document) {
		ObjectNode closed = (ObjectNode) document.deepCopy();
		closed.path("components")
			.path("schemas")
			.forEach((schema) -> ((ObjectNode) schema).put("additionalProperties", false));
		return closed.toString();
	}

	JsonNode document() {
		return this.document;
	}

	/**
	 * @return the operation; missing where there is none
	 */
	JsonNode operation(String path, HttpMethod method) {
		HttpMethod described = (method == HttpMethod.HEAD) ? HttpMethod.GET : method;
		return this.document.path("paths")
			.propertyStream()
			.filter((entry) -> PathPatternParser.defaultInstance.parse(entry.getKey())
				.matches(PathContainer.parsePath(path)))
			.findFirst()
			.map((entry) -> entry.getValue().path(described.name().toLowerCase(Locale.ROOT)))
			.orElse(this.document.path("nothing"));
	}

	/**
	 * Passes the answer on, if it is one that is described: its status, its headers, its
	 * media type, and its body to the last member, unless that is a stream.
	 */
	Mono<ClientResponse> hold(ClientRequest request, ClientResponse answer) {
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
		JsonNode operation = operation(request.url().getRawPath(), request.method());
		if (request.url().getPath().matches("/|/page/.*")) {
			// No part of the API.
			assertThat(operation.isMissingNode()).isTrue();
			return;
		}
		if (operation.isMissingNode()) {
			assertThat(status).as("status where nothing is described").isIn(404, 405);
			return;
		}
		String id = operation.path("operationId").stringValue();
		JsonNode described = operation.path("responses").path(String.valueOf(status));
		assertThat(described.isObject()).as("%s describes status %d", id, status).isTrue();
		checkHeaders(id, described.path("headers"), answer.headers().asHttpHeaders());
		if (body.length > 0) {
			checkBody(id, status, described.path("content"), answer.headers().contentType().orElseThrow(), body);
		}
	}

	/**
	 * @return where the schema of the answer is in the document
	 */
	private String pointer(String id, int status, String type) {
		for (Map.Entry<String, JsonNode> path : this.document.path("paths").properties()) {
			for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
				if (method.getValue().path("operationId").asString().equals(id)) {
					return "/paths/" + path.getKey().replace("/", "~1") + "/" + method.getKey() + "/responses/" + status
							+ "/content/" + type.replace("/", "~1") + "/schema";
				}
			}
		}
		throw new AssertionError(id);
	}

	private void checkHeaders(String id, JsonNode described, HttpHeaders headers) {
		assertThat(described.propertyNames()).as("telling headers of %s", id)
			.containsAll(TELLING.stream().filter(headers::containsHeader).toList());
		assertThat(headers.headerNames()).as("headers of %s", id)
			.containsAll(described.propertyNames()
				.stream()
				.filter((name) -> this.document.at("/components/headers/" + name + "/required").asBoolean())
				.toList());
	}

	private void checkBody(String id, int status, JsonNode content, MediaType type, byte[] body) {
		String name = type.getType() + "/" + type.getSubtype();
		assertThat(content.propertyNames()).as("media types of %s", id).contains(name);
		if (type.getSubtype().endsWith("json")) {
			List<Error> errors = this.schemas.getSchema(SchemaLocation.of(ID + "#" + pointer(id, status, name)))
				.validate(new String(body, StandardCharsets.UTF_8), InputFormat.JSON);
			assertThat(errors).as("body of %s, status %d", id, status).isEmpty();
		}
	}

}
