package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bookings and cancellations of one event together, in virtual time. A write takes 6 ms.
 */
class MixedLoadTest {

	private static final Duration WRITE = Duration.ofMillis(6);

	/** Length of the load in milliseconds. */
	private static final int LENGTH = 10_000;

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final EventQueues queues = new EventQueues(ControlledStorage.deciding(this::decide),
			new Callbacks(BookingMonitor.NONE, (event) -> {
			}), QueueSettings.DEFAULTS, this.scheduler, new AnswersByThread(AnswerPacers.of(this.scheduler)));

	private int writes;

	private int answers;

	private long slowest;

	private Flux<Decision> decide(EventId event, List<Request> requests) {
		return Mono.delay(WRITE, this.scheduler)
			.doOnSubscribe((write) -> this.writes++)
			.flatMapIterable((end) -> requests)
			.map(StorageFault::decision);
	}

	/**
	 * A request waits for at most one write, and gets its answer after the next one.
	 */
	@ParameterizedTest
	@CsvSource({ "1000, 0", "1000, 400", "400, 1000", "0, 400", "1000, 1000" })
	void neitherKindOfRequestSlowsDownTheOther(int bookings, int cancellations) {
		for (int now = 0; now < LENGTH; now++) {
			submit(due(bookings, now), new Request.Booking(new UserId("booking-" + now)));
			submit(due(cancellations, now), new Request.Cancellation(new UserId("cancellation-" + now)));
			this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		}
		this.scheduler.advanceTimeBy(WRITE.multipliedBy(2));

		assertThat(this.answers).isEqualTo((bookings + cancellations) * LENGTH / 1_000);
		assertThat(this.slowest).isPositive().isLessThanOrEqualTo(2 * WRITE.toMillis());
		assertThat(this.writes).isPositive().isLessThanOrEqualTo((int) (LENGTH / WRITE.toMillis()) + 2);
	}

	private static boolean due(int perSecond, int now) {
		return now * perSecond / 1_000 != (now + 1) * perSecond / 1_000;
	}

	private void submit(boolean due, Request request) {
		long start = this.scheduler.now(TimeUnit.MILLISECONDS);
		if (due) {
			this.queues.submit(TestQueues.GALA, request).subscribe((outcome) -> {
				this.answers++;
				this.slowest = Math.max(this.slowest, this.scheduler.now(TimeUnit.MILLISECONDS) - start);
			});
		}
	}

}
