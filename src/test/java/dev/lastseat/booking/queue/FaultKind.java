package dev.lastseat.booking.queue;

import java.util.function.Function;

/**
 * The kinds of exceptions that foreign code can throw. Reactor rethrows the last two
 * instead of passing them to a subscriber.
 */
enum FaultKind {

	EXCEPTION(IllegalStateException::new),

	ASSERTION_ERROR(AssertionError::new),

	STACK_OVERFLOW(StackOverflowError::new),

	CLASS_NOT_FOUND(NoClassDefFoundError::new);

	/** The message of each exception. */
	static final String BROKEN = "broken";

	private final Function<String, Throwable> constructor;

	FaultKind(Function<String, Throwable> constructor) {
		this.constructor = constructor;
	}

	Throwable fault() {
		return this.constructor.apply(BROKEN);
	}

	void raise() {
		Throwable fault = fault();
		if (fault instanceof Error error) {
			throw error;
		}
		throw (RuntimeException) fault;
	}

	/** Reactor rethrows exceptions of this kind. */
	boolean isFatal() {
		return this == STACK_OVERFLOW || this == CLASS_NOT_FOUND;
	}

}
