package dev.lastseat.booking.queue;

import java.util.List;
import java.util.function.Consumer;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.UserId;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The ways in which a storage can fail to decide a batch.
 */
enum StorageFault {

	THROWS_AT_ASSEMBLY(FaultKind.BROKEN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			kind.raise();
			return Flux.never();
		}

	},

	RETURNS_NULL(".*null.*") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return null;
		}

	},

	FAILS_AT_SUBSCRIPTION(FaultKind.BROKEN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.error(kind.fault());
		}

	},

	THROWS_AT_SUBSCRIPTION(FaultKind.BROKEN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return publisher((subscriber) -> kind.raise());
		}

	},

	THROWS_WHEN_REQUESTED(FaultKind.BROKEN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return publisher((subscriber) -> subscriber.onSubscribe(subscription(kind::raise, () -> {
			})));
		}

	},

	THROWS_WHEN_HALF_IS_DECIDED("(BOOKED|RELEASED|broken)") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			Request middle = requests.get(requests.size() / 2);
			return Flux.fromIterable(requests).map((request) -> {
				if (request == middle) {
					kind.raise();
				}
				return decision(request);
			});
		}

	},

	FAILS_LATER(FaultKind.BROKEN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			Sinks.One<Decision> answer = Sinks.one();
			later.accept(() -> answer.emitError(kind.fault(), Sinks.EmitFailureHandler.FAIL_FAST));
			return answer.asMono().flux();
		}

	},

	THROWS_LATER("(broken|" + StorageFault.UNKNOWN + ")") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			Sinks.One<Request> first = Sinks.one();
			later.accept(() -> first.emitValue(requests.get(0), Sinks.EmitFailureHandler.FAIL_FAST));
			return first.asMono().flux().map((request) -> {
				kind.raise();
				return decision(request);
			});
		}

	},

	DECIDES_UNKNOWN_USERS("no outcome") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.just(new Decision(new Request.Booking(new UserId("unknown")), BookingOutcome.BOOKED));
		}

	},

	DECIDES_OTHER_REQUESTS_OF_THE_USERS("no outcome") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.fromIterable(requests).map((request) -> decision(new Request.PartyBooking(request.users())));
		}

	},

	DECIDES_NO_REQUEST(".*null.*") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.just(new Decision(null, BookingOutcome.BOOKED));
		}

	},

	DECIDES_TWICE("(BOOKED|RELEASED)") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.fromIterable(requests)
				.concatMap((request) -> Flux.just(decision(request), new Decision(request, BookingOutcome.SOLD_OUT)));
		}

	},

	DECIDES_WITHOUT_AN_OUTCOME(".*null.*") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.fromIterable(requests).map((request) -> new Decision(request, null));
		}

	},

	EMITS_NULL(".*") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return publisher((subscriber) -> {
				subscriber.onSubscribe(subscription(() -> {
				}, () -> {
				}));
				subscriber.onNext(null);
			});
		}

	},

	FORGETS_THE_LAST_REQUEST("(BOOKED|RELEASED|no outcome)") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.fromIterable(requests.subList(0, requests.size() - 1)).map(StorageFault::decision);
		}

	},

	DECIDES_NOTHING("no outcome") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.empty();
		}

	},

	COMPLETES_TWICE("(BOOKED|RELEASED)") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return publisher((subscriber) -> {
				subscriber.onSubscribe(subscription(() -> {
				}, () -> {
				}));
				requests.forEach((request) -> subscriber.onNext(decision(request)));
				subscriber.onComplete();
				subscriber.onComplete();
			});
		}

	},

	HANGS(StorageFault.UNKNOWN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.never();
		}

	},

	HANGS_BEFORE_IT_ACCEPTS_THE_SUBSCRIBER(StorageFault.UNKNOWN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return publisher((subscriber) -> {
			});
		}

	},

	HANGS_WHEN_HALF_IS_DECIDED("(BOOKED|RELEASED|" + StorageFault.UNKNOWN + ")") {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return Flux.fromIterable(requests.subList(0, requests.size() / 2))
				.map(StorageFault::decision)
				.concatWith(Flux.never());
		}

	},

	HANGS_AND_THROWS_WHEN_CANCELLED(StorageFault.UNKNOWN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return publisher((subscriber) -> subscriber.onSubscribe(subscription(() -> {
			}, kind::raise)));
		}

	},

	HANGS_AND_DECIDES_WHEN_CANCELLED(StorageFault.UNKNOWN) {

		@Override
		Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later) {
			return publisher((subscriber) -> subscriber.onSubscribe(subscription(() -> {
			}, () -> {
				requests.forEach((request) -> subscriber.onNext(decision(request)));
				subscriber.onComplete();
			})));
		}

	};

	private static final String UNKNOWN = "the storage did not confirm in time; the outcome is unknown";

	private final String answers;

	StorageFault(String answers) {
		this.answers = answers;
	}

	/**
	 * @param later takes actions that another thread runs after the subscription
	 */
	abstract Flux<Decision> decide(List<Request> requests, FaultKind kind, Consumer<Runnable> later);

	/**
	 * @return a regular expression that matches the answer of each caller of the round
	 */
	String answers() {
		return this.answers;
	}

	/** Only the timeout ends the round. */
	boolean hangs(FaultKind kind) {
		return name().startsWith("HANGS") || (this == THROWS_LATER && kind.isFatal());
	}

	/** Raises an exception of the given kind. */
	boolean raises() {
		return name().contains("THROWS") || name().startsWith("FAILS");
	}

	static Decision decision(Request request) {
		return new Decision(request, Requests.granted(request));
	}

	private static Flux<Decision> publisher(Consumer<CoreSubscriber<? super Decision>> subscribe) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Decision> subscriber) {
				subscribe.accept(subscriber);
			}

		};
	}

	private static Subscription subscription(Runnable whenRequested, Runnable whenCancelled) {
		return new Subscription() {

			@Override
			public void request(long count) {
				whenRequested.run();
			}

			@Override
			public void cancel() {
				whenCancelled.run();
			}

		};
	}

}
