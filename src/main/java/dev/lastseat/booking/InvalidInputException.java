package dev.lastseat.booking;

import java.util.List;

/**
 * Input that breaks a rule of the core. It carries every broken rule at once, so that a
 * caller can mend them in one go. Nothing was stored.
 */
public class InvalidInputException extends IllegalArgumentException {

	private final List<Violation> violations;

	/**
	 * @param violations at least one
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
	 * One broken rule.
	 *
	 * @param field the name of the field, as a client writes it
	 * @param message what must hold, to be read after the field's name
	 */
	public record Violation(String field, String message) {

		@Override
		public String toString() {
			return this.field + " " + this.message;
		}

	}

}
