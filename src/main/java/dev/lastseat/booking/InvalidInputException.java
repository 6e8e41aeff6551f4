package dev.lastseat.booking;

import java.util.List;

/**
 * The input violates rules of the core. The exception lists all violations at once, so
 * that a client can correct them together. Nothing was stored.
 */
public class InvalidInputException extends IllegalArgumentException {

	private final List<Violation> violations;

	/**
	 * @param violations one or more
	 */
	public InvalidInputException(List<Violation> violations) {
		super(violations.toString());
		this.violations = List.copyOf(violations);
	}

	public InvalidInputException(String field, String message) {
		this(List.of(new Violation(field, message)));
	}

	public List<Violation> violations() {
		return this.violations;
	}

	/**
	 * One violated rule.
	 *
	 * @param field the name of the field, as in the JSON of the API
	 * @param message the rule, worded to follow the name of the field
	 */
	public record Violation(String field, String message) {

		@Override
		public String toString() {
			return this.field + " " + this.message;
		}

	}

}
