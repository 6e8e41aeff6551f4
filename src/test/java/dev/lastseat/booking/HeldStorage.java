package dev.lastseat.booking;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A storage that holds its answers back until it is told to give them. One call is under
 * way at a time, or they all get the same.
 */
final class HeldStorage {

	private final List<String> calls = new ArrayList<>();

	private List<UserId> users = List.of();

	private Sinks.Many<Decision> decisions = Sinks.many().unicast().onBackpressureBuffer();

	private Sinks.One<ReleaseOutcome> release = Sinks.one();

	private boolean cancelled;

	EventRepository asRepository() {
		return (EventRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { EventRepository.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "book" -> book((List<?>) arguments[1], (Expectation) arguments[2]);
					case "release" -> release((UserId) arguments[1]);
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

	private Flux<Decision> book(List<?> asking, Expectation expectation) {
		return Flux.defer(() -> {
			this.calls.add("book " + asking + " " + expectation);
			this.users = asking.stream().map(UserId.class::cast).toList();
			this.decisions = Sinks.many().unicast().onBackpressureBuffer();
			return this.decisions.asFlux().doOnCancel(() -> this.cancelled = true);
		});
	}

	private Mono<ReleaseOutcome> release(UserId user) {
		return Mono.defer(() -> {
			this.calls.add("release " + user);
			this.release = Sinks.one();
			return this.release.asMono();
		});
	}

	List<String> calls() {
		return this.calls;
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * @param outcomes one for each user, in their order
	 */
	void answer(BookingOutcome... outcomes) {
		Sinks.Many<Decision> call = this.decisions;
		List<UserId> asking = this.users;
		for (int i = 0; i < outcomes.length; i++) {
			call.emitNext(new Decision(asking.get(i), outcomes[i]), Sinks.EmitFailureHandler.FAIL_FAST);
		}
		call.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
	}

	void decide(String user, BookingOutcome outcome) {
		this.decisions.emitNext(new Decision(new UserId(user), outcome), Sinks.EmitFailureHandler.FAIL_FAST);
	}

	void fail(Throwable fault) {
		this.decisions.emitError(fault, Sinks.EmitFailureHandler.FAIL_FAST);
	}

	void answerRelease(ReleaseOutcome outcome) {
		this.release.emitValue(outcome, Sinks.EmitFailureHandler.FAIL_FAST);
	}

}
