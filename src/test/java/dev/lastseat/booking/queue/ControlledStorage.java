package dev.lastseat.booking.queue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * A storage whose decisions the test makes, one round at a time.
 */
final class ControlledStorage {

	private static final Map<Class<?>, String> KINDS = Map.of(Request.Booking.class, "book", Request.PartyBooking.class,
			"book", Request.Cancellation.class, "cancel", Request.Holding.class, "hold", Request.PartyHolding.class,
			"hold", Request.HoldRelease.class, "give back");

	private final List<Call> calls = new ArrayList<>();

	/**
	 * @return a repository that supports {@code decide} only
	 */
	static EventRepository deciding(BiFunction<EventId, List<Request>, Flux<Decision>> decide) {
		return (EventRepository) Proxy.newProxyInstance(ControlledStorage.class.getClassLoader(),
				new Class<?>[] { EventRepository.class }, (proxy, method, arguments) -> {
					if (!method.getName().equals("decide")) {
						throw new UnsupportedOperationException(method.getName());
					}
					List<?> requests = (List<?>) arguments[1];
					return decide.apply((EventId) arguments[0], requests.stream().map(Request.class::cast).toList());
				});
	}

	EventRepository asRepository() {
		return deciding(this::decide);
	}

	Flux<Decision> decide(EventId event, List<Request> requests) {
		return Flux.deferContextual((context) -> {
			Call call = new Call(event, requests, context);
			this.calls.add(call);
			return call.decisions.asFlux().doOnCancel(() -> call.cancelled = true);
		});
	}

	/**
	 * @return the requests of each round so far, as text
	 */
	List<String> rounds() {
		return this.calls.stream().map(Call::toString).toList();
	}

	/**
	 * @param number of the round, from 0
	 */
	Call round(int number) {
		return this.calls.get(number);
	}

	/** The round that started last. */
	Call last() {
		return this.calls.get(this.calls.size() - 1);
	}

	/** A round under way. */
	static final class Call {

		private final EventId event;

		private final List<Request> requests;

		private final ContextView context;

		private final Sinks.Many<Decision> decisions = Sinks.many().unicast().onBackpressureBuffer();

		private boolean cancelled;

		private Call(EventId event, List<Request> requests, ContextView context) {
			this.event = event;
			this.requests = requests;
			this.context = context;
		}

		EventId event() {
			return this.event;
		}

		List<Request> requests() {
			return this.requests;
		}

		ContextView context() {
			return this.context;
		}

		boolean isCancelled() {
			return this.cancelled;
		}

		/**
		 * Decides the first requests and ends the round.
		 * @param outcomes one for each of the first requests, in their order
		 */
		void answer(Outcome... outcomes) {
			for (int i = 0; i < outcomes.length; i++) {
				decide(this.requests.get(i), outcomes[i]);
			}
			this.decisions.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
		}

		/**
		 * Decides the request of a user, or of the users of a party, as in
		 * {@code ada+bob}.
		 */
		void decide(String users, Outcome outcome) {
			decide(this.requests.stream()
				.filter((request) -> TestQueues.users(request).equals(users))
				.findFirst()
				.orElseThrow(), outcome);
		}

		void decide(Request request, Outcome outcome) {
			this.decisions.emitNext(new Decision(request, outcome), Sinks.EmitFailureHandler.FAIL_FAST);
		}

		/** Grants all requests and ends the round. */
		void grant() {
			answer(this.requests.stream().map(Requests::granted).toArray(Outcome[]::new));
		}

		void fail(Throwable fault) {
			this.decisions.emitError(fault, Sinks.EmitFailureHandler.FAIL_FAST);
		}

		@Override
		public String toString() {
			return this.requests.stream().map(Call::text).collect(Collectors.joining(", "));
		}

		private static String text(Request request) {
			return KINDS.get(request.getClass()) + " " + TestQueues.users(request);
		}

	}

}
