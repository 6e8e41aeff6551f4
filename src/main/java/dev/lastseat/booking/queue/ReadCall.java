package dev.lastseat.booking.queue;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/**
 * A call that waits for a shared read.
 */
final class ReadCall<Q, A> {

	private final Q question;

	private final MonoSink<A> caller;

	private final AnswerSlices answers;

	/**
	 * @param caller gets the answer
	 * @param answers sends the answer
	 */
	ReadCall(Q question, MonoSink<A> caller, AnswerSlices answers) {
		this.question = question;
		this.caller = caller;
		this.answers = answers;
	}

	Q question() {
		return this.question;
	}

	/** The Reactor context of the caller. */
	ContextView context() {
		return this.caller.contextView();
	}

	/**
	 * @param read the read that the call waits for
	 */
	void removeOnCancel(SharedRead<Q, A> read) {
		this.caller.onCancel(() -> read.remove(this));
	}

	/**
	 * Sends the answer on the thread that answers the caller. At most one of the answer
	 * and the fault is present; when both are null, the read was empty.
	 * @param together number of callers of the read
	 */
	void send(@Nullable A answer, @Nullable Throwable fault, int together) {
		this.answers.send(() -> answer(answer, fault), together);
	}

	/** A caller that has cancelled ignores it. */
	private void answer(@Nullable A answer, @Nullable Throwable fault) {
		if (fault != null) {
			this.caller.error(fault);
		}
		else {
			this.caller.success(answer);
		}
	}

}
