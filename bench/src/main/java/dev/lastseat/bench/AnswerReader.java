package dev.lastseat.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import io.netty.buffer.ByteBuf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the outcomes of requests from their responses. Not thread-safe. */
final class AnswerReader {

	private static final int CREATED = 201;

	private static final int CONFLICT = 409;

	private static final JsonMapper JSON = new JsonMapper();

	private static final byte[] SOLD_OUT = code("sold-out").getBytes(StandardCharsets.US_ASCII);

	/**
	 * Where the code was in the last refusal. The next one of the same event has it at
	 * the same place, and then needs no text.
	 */
	private int place;

	/**
	 * @throws IllegalStateException when no correct service gives this response
	 */
	Answer booking(int status, ByteBuf body) {
		if (status == CREATED) {
			return Answer.BOOKED;
		}
		if (status == CONFLICT && isSoldOut(body)) {
			return Answer.SOLD_OUT;
		}
		Reply reply = new Reply(status, ResponseParser.text(body));
		this.place = Math.max(0, reply.body().indexOf(code("sold-out")));
		return answer(reply);
	}

	private boolean isSoldOut(ByteBuf body) {
		if (this.place + SOLD_OUT.length > body.readableBytes()) {
			return false;
		}
		for (int index = 0; index < SOLD_OUT.length; index++) {
			if (body.getByte(this.place + index) != SOLD_OUT[index]) {
				return false;
			}
		}
		return true;
	}

	private static Answer answer(Reply reply) {
		try {
			return (outcome(reply) == BookingOutcome.SOLD_OUT) ? Answer.SOLD_OUT : Answer.ALREADY_REGISTERED;
		}
		catch (StorageException.Unavailable ex) {
			return Answer.NOTHING_CHANGED;
		}
		catch (StorageException ex) {
			return Answer.UNKNOWN;
		}
	}

	/**
	 * @throws StorageException when nothing was decided
	 */
	static BookingOutcome outcome(Reply reply) {
		return switch (reply.status()) {
			case CREATED -> BookingOutcome.BOOKED;
			case CONFLICT -> refusal(reply);
			case 503 -> throw fault(reply);
			default -> throw unexpected(reply);
		};
	}

	/**
	 * @throws StorageException when nothing was decided
	 */
	static ReleaseOutcome released(Reply reply, ReleaseOutcome expected) {
		return switch (reply.status()) {
			case 204 -> expected;
			case 503 -> throw fault(reply);
			default -> throw unexpected(reply);
		};
	}

	/**
	 * @throws StorageException when nothing was decided
	 */
	static HoldOutcome held(Reply reply, UserId user) {
		return switch (reply.status()) {
			case CREATED -> new HoldOutcome(HoldOutcome.Kind.HELD, hold(reply, user));
			case CONFLICT -> soldOut(reply);
			case 503 -> throw fault(reply);
			default -> throw unexpected(reply);
		};
	}

	private static Hold hold(Reply reply, UserId user) {
		JsonNode body = JSON.readTree(reply.body());
		return new Hold(user, Instant.parse(body.path("expiresAt").asString()), body.path("offer").asBoolean());
	}

	private static HoldOutcome soldOut(Reply reply) {
		if (!says(reply, "sold-out")) {
			throw unexpected(reply);
		}
		return HoldOutcome.refused(HoldOutcome.Kind.SOLD_OUT);
	}

	private static BookingOutcome refusal(Reply reply) {
		if (says(reply, "sold-out")) {
			return BookingOutcome.SOLD_OUT;
		}
		if (says(reply, "already-registered")) {
			return BookingOutcome.ALREADY_REGISTERED;
		}
		throw unexpected(reply);
	}

	private static StorageException fault(Reply reply) {
		IOException cause = new IOException(reply.body());
		boolean harmless = says(reply, "overloaded") || says(reply, "storage-unavailable");
		return harmless ? new StorageException.Unavailable(cause) : new StorageException.OutcomeUnknown(cause);
	}

	/**
	 * @throws IllegalStateException when the response is another one
	 */
	static void requireOverloaded(Reply reply) {
		if (reply.status() != 503 || !says(reply, "overloaded")) {
			throw unexpected(reply);
		}
	}

	private static boolean says(Reply reply, String code) {
		return reply.body().contains(code(code));
	}

	private static String code(String code) {
		return "\"code\":\"" + code + "\"";
	}

	private static IllegalStateException unexpected(Reply reply) {
		return new IllegalStateException("unexpected response: " + reply.status() + " " + reply.body());
	}

}
