package dev.lastseat.web;

import java.time.Instant;
import java.util.stream.Collectors;

import dev.lastseat.booking.InvalidInputException.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says what is wrong with a JSON body, in the client's words and without any of ours.
 */
final class BodyErrors {

	static final Violation NO_OBJECT = new Violation("body", "must be a well-formed JSON object");

	private BodyErrors() {
	}

	static Violation of(Throwable error) {
		JacksonException cause = find(error);
		if (cause == null || cause.getPath().isEmpty()) {
			return NO_OBJECT;
		}
		return new Violation(field(cause), message(cause));
	}

	private static @Nullable JacksonException find(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof JacksonException jackson) {
				return jackson;
			}
		}
		return null;
	}

	private static String field(JacksonException cause) {
		return cause.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : String.valueOf(step.getIndex()))
			.collect(Collectors.joining("."));
	}

	private static String message(JacksonException cause) {
		if (cause instanceof UnrecognizedPropertyException) {
			return "is not a known field";
		}
		if (cause instanceof InputCoercionException) {
			return "is out of range";
		}
		Class<?> target = (cause instanceof MismatchedInputException mismatch) ? mismatch.getTargetType() : null;
		if (target == Instant.class) {
			return "must be an instant like 2026-12-01T19:00:00Z";
		}
		if (target == String.class) {
			return "must be text";
		}
		if (target == Integer.class) {
			return "must be a whole number in digits";
		}
		return "must be a well-formed value";
	}

}
