package dev.lastseat.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.Problems;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
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
		return bytes(request, types).map(this::parse);
	}

	/**
	 * @return the user that the body names
	 */
	Mono<UserId> readUser(ServerRequest request) {
		return bytes(request, MediaType.APPLICATION_JSON).map((body) -> {
			UserId user = RegistrationRequest.readUsual(body);
			return (user != null) ? user : RegistrationRequest.toUserId(parse(body));
		});
	}

	private Mono<byte[]> bytes(ServerRequest request, MediaType... types) {
		// Without a media type there may be no body. Then the missing body is the
		// problem.
		if (StringUtils.hasLength(request.headers().firstHeader(HttpHeaders.CONTENT_TYPE))) {
			BodyTypes.require(request.headers(), types);
		}
		return request.exchange()
			.getRequest()
			.getBody()
			.collect(ByteArrayOutputStream::new, this::append)
			.map((body) -> {
				if (body.size() == 0) {
					throw Problems.notJsonObject();
				}
				BodyTypes.require(request.headers(), types);
				return body.toByteArray();
			});
	}

	private void append(ByteArrayOutputStream body, DataBuffer part) {
		byte[] bytes = new byte[part.readableByteCount()];
		part.read(bytes);
		DataBufferUtils.release(part);
		body.writeBytes(bytes);
		if (body.size() > this.maxBody) {
			throw new DataBufferLimitException("the body is too large");
		}
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
