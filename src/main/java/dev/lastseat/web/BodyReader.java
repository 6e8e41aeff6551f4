package dev.lastseat.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.Problems;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads JSON bodies. The server has received a body completely before it is read here,
 * and limits its size and the time until it has arrived. The bytes must be UTF-8. They
 * are decoded before they are parsed, because Jackson accepts some byte sequences that
 * are not UTF-8.
 */
final class BodyReader {

	private static final Violation NOT_UTF_8 = new Violation("body", "must be UTF-8");

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private final int maxBody;

	private final JsonMapper json;

	/**
	 * @param maxBody the maximum size of a body, in bytes
	 */
	BodyReader(int maxBody, JsonMapper json) {
		this.maxBody = maxBody;
		this.json = json;
	}

	/**
	 * @param types the media types that the route accepts
	 * @return the fields of the body; an error when the body is not a JSON object
	 */
	Mono<BodyFields> read(ServerRequest request, MediaType... types) {
		return Mono.defer(() -> {
			// A request without a media type may have no body. Then the problem is the
			// missing body.
			if (request.headers().contentType().isPresent()) {
				BodyTypes.require(request.headers(), types);
			}
			return DataBufferUtils.join(request.exchange().getRequest().getBody(), this.maxBody);
		}).switchIfEmpty(Mono.error(Problems::notJsonObject)).map((body) -> {
			byte[] bytes = bytes(body);
			BodyTypes.require(request.headers(), types);
			return parse(bytes);
		});
	}

	private static byte[] bytes(DataBuffer body) {
		byte[] bytes = new byte[body.readableByteCount()];
		body.read(bytes);
		DataBufferUtils.release(body);
		return bytes;
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
			throw ProblemException.invalid(NOT_UTF_8);
		}
	}

}
