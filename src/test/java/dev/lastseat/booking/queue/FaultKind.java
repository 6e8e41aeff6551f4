package dev.lastseat.booking.queue;

import java.util.function.Function;

/**
 * What foreign code can throw. The last two are those that Reactor throws on instead of
 * passing them to a subscriber.
 */
enum FaultKind {

	EXCEPTION(IllegalStateException::new),

	ASSERTION_ERROR(AssertionError::new),

	STACK_OVERFLOW(StackOverflowError::new),

	CLASS_NOT_FOUND(NoClassDefFoundError::new);

	/** The message of each. */
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

	/** Reactor throws it on. */
	boolean isFatal() {
		return this == STACK_OVERFLOW || this == CLASS_NOT_FOUND;
	}

}
