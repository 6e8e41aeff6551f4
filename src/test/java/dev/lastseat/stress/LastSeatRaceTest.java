package dev.lastseat.stress;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.CheckResult;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The negative control of the command: a storage that overbooks must fail the race.
 */
class LastSeatRaceTest {

	@Test
	void failsAStorageThatOverbooks() {
		EventRepository events = new Overbooking().asRepository();
		LastSeatRace race = new LastSeatRace(
				new BookingService(events, Clock.systemUTC(), BookingMonitor.NONE, (event) -> {
				}, QueueSettings.DEFAULTS), events, new Progress(new PrintWriter(Writer.nullWriter())));

		Verdict verdict = race.run(RaceSettings.ofBookings(50, 1, 50))
			.map((result) -> Verdict.of(result, CheckResult.of(result.history())))
			.block();

		assertThat(verdict.differences()).containsExactly("tickets_sold: expected 1, was 50",
				"registration_ids: expected 1, was 50", "successful bookings: expected 1, was 50",
				"no sequential execution explains the answers: see below");
	}

	/** Books every user, without a check of the capacity. */
	private static final class Overbooking {

		private final List<UserId> registered = new CopyOnWriteArrayList<>();

		EventRepository asRepository() {
			return (EventRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { EventRepository.class }, (proxy, method, args) -> switch (method.getName()) {
						case "create" -> create((EventDraft) args[0]);
						case "decide" -> book((List<?>) args[1]);
						case "ledger" -> ledger();
						default -> throw new UnsupportedOperationException(method.getName());
					});
		}

		private Mono<Event> create(EventDraft draft) {
			this.registered.clear();
			return Mono.just(new Event(new EventId("1"), draft.title(), null, draft.startsAt(), null, draft.capacity(),
					SaleTerms.DEFAULT, 0, 0, 0, 0, Instant.EPOCH));
		}

		private Flux<Decision> book(List<?> requests) {
			return Flux.fromIterable(requests)
				.cast(Request.class)
				.doOnNext((request) -> this.registered.addAll(request.users()))
				.map((request) -> new Decision(request, BookingOutcome.BOOKED));
		}

		private Mono<Ledger> ledger() {
			return Mono
				.fromSupplier(() -> new Ledger(1, this.registered.size(), 0, this.registered, List.of(), List.of()));
		}

	}

}
