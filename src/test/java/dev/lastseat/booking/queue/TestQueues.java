package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.ChangeListener;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.UserId;
import org.assertj.core.api.InstanceOfAssertFactories;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event queues that record the answers of their callers.
 */
final class TestQueues {

	static final EventId GALA = new EventId("gala");

	private final List<String> answers = Collections.synchronizedList(new ArrayList<>());

	private final EventQueues queues;

	TestQueues(EventRepository events, BookingMonitor monitor, ChangeListener listener, QueueSettings settings,
			Scheduler scheduler) {
		this.queues = new EventQueues(events, new Callbacks(monitor, listener), settings, scheduler,
				new AnswersByThread(AnswerPacers.of(scheduler)));
	}

	/**
	 * @return settings with the default timeouts
	 */
	static QueueSettings limits(int maxBatch, int maxWaiting, int maxWaitingPerEvent) {
		return new QueueSettings(maxBatch, maxWaiting, maxWaitingPerEvent, Duration.ofSeconds(2),
				Duration.ofSeconds(30));
	}

	EventQueues queues() {
		return this.queues;
	}

	Disposable book(String user) {
		return submit(GALA, new Request.Booking(new UserId(user)));
	}

	void bookAll(String... users) {
		List.of(users).forEach(this::book);
	}

	Disposable cancel(String user) {
		return submit(GALA, new Request.Cancellation(new UserId(user)));
	}

	Disposable bookParty(String... users) {
		return submit(GALA, new Request.PartyBooking(Requests.users(users)));
	}

	Disposable hold(String user) {
		return submit(GALA, new Request.Holding(new UserId(user)));
	}

	/**
	 * @return disposed to cancel the request
	 */
	Disposable submit(EventId event, Request request) {
		String users = users(request);
		return this.queues.submit(event, request)
			.subscribe((outcome) -> this.answers.add(users + " " + text(outcome)),
					(fault) -> this.answers.add(users + " " + text(fault)));
	}

	/** The users of a request, as in {@code ada+bob}. */
	static String users(Request request) {
		return text(request.users());
	}

	private static String text(List<UserId> users) {
		return users.stream().map(UserId::value).collect(Collectors.joining("+"));
	}

	private static String text(Outcome outcome) {
		if (outcome instanceof PartyOutcome party) {
			return party.kind() + " booked " + text(party.booked()) + " before " + text(party.before());
		}
		return (outcome instanceof HoldOutcome hold) ? hold.kind().name() : outcome.toString();
	}

	private static String text(Throwable fault) {
		return (fault instanceof OverloadedException rejected) ? rejected.reason().name() : fault.getMessage();
	}

	/**
	 * @return user and outcome or fault of each answered request
	 */
	List<String> answers() {
		return this.answers;
	}

	/** No queue is open, and all slots are free. */
	void assertNothingIsLeft() {
		assertThat(this.queues).extracting("queues").asInstanceOf(InstanceOfAssertFactories.MAP).isEmpty();
		assertThat(this.queues.requests()).isZero();
	}

	void assertOpenQueues(EventId... events) {
		assertThat(this.queues).extracting("queues")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsOnlyKeys((Object[]) events);
	}

}
