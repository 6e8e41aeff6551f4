package dev.lastseat.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.Problems;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads JSON bodies, and does not wait for them for ever. The bytes must be UTF-8, and
 * are decoded before they are parsed: Jackson takes bytes for characters that are none.
 */
final class BodyReader {

	private static final Violation NO_UTF_8 = new Violation("body", "must be UTF-8");

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private final Duration timeout;

	private final JsonMapper json;

	BodyReader(Duration timeout, JsonMapper json) {
		this.timeout = timeout;
		this.json = json;
	}

	/**
	 * @param types the media types that the route takes
	 * @return the fields of the body; an error when there is no JSON object, or not all
	 * of it in time
	 */
	Mono<BodyFields> read(ServerRequest request, MediaType... types) {
		return Mono.defer(() -> {
			// Without a type there may be no body, and that is what the client is told.
			if (request.headers().contentType().isPresent()) {
				BodyTypes.require(request.headers(), types);
			}
			return request.bodyToMono(byte[].class);
		})
			.doOnNext((body) -> BodyTypes.require(request.headers(), types))
			.timeout(this.timeout)
			.onErrorMap(TimeoutException.class, (error) -> Problems.bodyTimedOut())
			.switchIfEmpty(Mono.error(Problems::notJsonObject))
			.map(this::parse);
	}

	private BodyFields parse(byte[] body) {
		JsonNode parsed = this.json.readTree(decode(body));
		if (parsed instanceof ObjectNode object) {
			return new BodyFields(object);
		}
		throw Problems.notJsonObject();
	}

	private static String decode(byte[] body) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
			return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw ProblemException.invalid(NO_UTF_8);
		}
	}

}
