package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Decides the requests of a round. After a refusal the repository reads the event before
 * it writes, so several tests run with and without a refusal before the round.
 */
class RoundContract extends StorageTest {

	private static final UserId TOM = new UserId("tom");

	/**
	 * @param requests the id of a user, for a booking; after a minus, for a cancellation
	 */
	private Map<String, Outcome> decide(EventId event, String... requests) {
		return this.repository.decide(event, Arrays.stream(requests).map(RoundContract::request).toList())
			.collect(Collectors.toMap((decision) -> Requests.user(decision.request()).value(), Decision::outcome))
			.block();
	}

	private static Request request(String text) {
		return text.startsWith("-") ? new Request.Cancellation(new UserId(text.substring(1)))
				: new Request.Booking(new UserId(text));
	}

	private void register(EventId event, String... users) {
		Arrays.stream(users).forEach((user) -> this.storage.book(event, new UserId(user)));
	}

	/** Provokes a refused booking and a refused cancellation. No registration remains. */
	private void refuse(EventId event, boolean refusals) {
		if (refusals) {
			register(event, "tom");
			this.repository.book(event, TOM).block();
			this.repository.release(event, TOM).block();
			this.repository.release(event, TOM).block();
		}
	}

	private long revision(EventId event) {
		return this.stored.read(event).getLong("revision");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void booksInOrderOfArrivalWithOneRevision(boolean afterRefusals) {
		EventId event = this.storage.event(3);
		refuse(event, afterRefusals);
		long revision = revision(event);

		assertThat(decide(event, "ada", "bob", "eve")).hasSize(3).containsValue(BookingOutcome.BOOKED);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada", "bob", "eve");
		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 3).containsEntry("revision", revision + 1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void booksTheFirstRequestsWhenSeatsAreTooFew(boolean afterRefusals) {
		EventId event = this.storage.event(3);
		refuse(event, afterRefusals);
		register(event, "joe");

		assertThat(decide(event, "ada", "bob", "eve", "jim")).containsOnly(Map.entry("ada", BookingOutcome.BOOKED),
				Map.entry("bob", BookingOutcome.BOOKED), Map.entry("eve", BookingOutcome.SOLD_OUT),
				Map.entry("jim", BookingOutcome.SOLD_OUT));

		assertThat(this.stored.registrationIds(event)).containsExactly("joe", "ada", "bob");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void distinguishesRegisteredUsersInARound(boolean afterRefusals) {
		EventId event = this.storage.event(3);
		refuse(event, afterRefusals);
		register(event, "bob", "joe");

		assertThat(decide(event, "ada", "bob", "eve", "joe")).containsOnly(Map.entry("ada", BookingOutcome.BOOKED),
				Map.entry("bob", BookingOutcome.ALREADY_REGISTERED), Map.entry("eve", BookingOutcome.SOLD_OUT),
				Map.entry("joe", BookingOutcome.ALREADY_REGISTERED));

		assertThat(this.stored.registrationIds(event)).containsExactly("bob", "joe", "ada");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void releasesManySeatsWithOneRevision(boolean afterRefusals) {
		EventId event = this.storage.event(5);
		refuse(event, afterRefusals);
		register(event, "ada", "bob", "eve", "joe");
		long revision = revision(event);

		assertThat(decide(event, "-joe", "-ada", "-eve")).hasSize(3).containsValue(ReleaseOutcome.RELEASED);

		assertThat(this.stored.registrationIds(event)).containsExactly("bob");
		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 1).containsEntry("revision", revision + 1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void releasesSeatsOfRegisteredUsersOnly(boolean afterRefusals) {
		EventId event = this.storage.event(5);
		refuse(event, afterRefusals);
		register(event, "ada", "bob", "eve");

		assertThat(decide(event, "-ada", "-joe", "-eve", "-jim")).containsOnly(
				Map.entry("ada", ReleaseOutcome.RELEASED), Map.entry("eve", ReleaseOutcome.RELEASED),
				Map.entry("joe", ReleaseOutcome.NOT_REGISTERED), Map.entry("jim", ReleaseOutcome.NOT_REGISTERED));

		assertThat(this.stored.registrationIds(event)).containsExactly("bob");
		this.stored.requireInvariants(event);
	}

	@Test
	void booksSeatsThatAreReleasedInTheSameRound() {
		EventId event = this.storage.event(2);
		register(event, "ada", "bob");

		assertThat(decide(event, "eve", "-ada", "joe", "jim")).containsOnly(Map.entry("ada", ReleaseOutcome.RELEASED),
				Map.entry("eve", BookingOutcome.BOOKED), Map.entry("joe", BookingOutcome.SOLD_OUT),
				Map.entry("jim", BookingOutcome.SOLD_OUT));

		assertThat(this.stored.registrationIds(event)).containsExactly("bob", "eve");
		this.stored.requireInvariants(event);
	}

	@Test
	void decidesARoundInWhichEveryOutcomeOccurs() {
		EventId event = this.storage.event(4);
		register(event, "ada", "bob", "eve");

		assertThat(decide(event, "-jim", "ada", "sue", "-bob", "kim", "max")).containsOnly(
				Map.entry("jim", ReleaseOutcome.NOT_REGISTERED), Map.entry("ada", BookingOutcome.ALREADY_REGISTERED),
				Map.entry("sue", BookingOutcome.BOOKED), Map.entry("bob", ReleaseOutcome.RELEASED),
				Map.entry("kim", BookingOutcome.BOOKED), Map.entry("max", BookingOutcome.SOLD_OUT));

		assertThat(this.stored.registrationIds(event)).containsExactly("ada", "eve", "sue", "kim");
		this.stored.requireInvariants(event);
	}

	/**
	 * After a refused cancellation, cancellations and bookings are decided concurrently.
	 * So the last booking may come before the cancellation that would give it a seat.
	 */
	@Test
	void decidesBothKindsAfterACancellationWasRefused() {
		EventId event = this.storage.event(4);
		refuse(event, true);
		register(event, "ada", "bob", "eve");

		Map<String, Outcome> decided = decide(event, "-jim", "ada", "sue", "-bob", "kim");

		assertThat(decided).contains(Map.entry("jim", ReleaseOutcome.NOT_REGISTERED),
				Map.entry("ada", BookingOutcome.ALREADY_REGISTERED), Map.entry("sue", BookingOutcome.BOOKED),
				Map.entry("bob", ReleaseOutcome.RELEASED));
		assertThat(decided.get("kim")).isIn(BookingOutcome.BOOKED, BookingOutcome.SOLD_OUT);
		assertThat(this.stored.registrationIds(event)).startsWith("ada", "eve", "sue")
			.hasSize((decided.get("kim") == BookingOutcome.BOOKED) ? 4 : 3);
		this.stored.requireInvariants(event);
	}

	/** In an expression each of these ids would have another meaning. */
	@Test
	void treatsUserIdsAsDataInARoundOfBothKinds() {
		EventId event = this.storage.event(4);
		register(event, "$capacity", "$$ROOT", "{}", "ada");

		assertThat(decide(event, "-$capacity", "-$$ROOT", "$tickets_sold", "-{}", "$$this")).hasSize(5)
			.containsValues(ReleaseOutcome.RELEASED, BookingOutcome.BOOKED);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada", "$tickets_sold", "$$this");
		this.stored.requireInvariants(event);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ffffffffffffffffffffffff", "nope" })
	void reportsAnUnknownEventToEachRequestOfARound(String id) {
		assertThat(decide(new EventId(id), "ada", "-bob", "eve")).containsOnly(
				Map.entry("ada", BookingOutcome.EVENT_NOT_FOUND), Map.entry("bob", ReleaseOutcome.EVENT_NOT_FOUND),
				Map.entry("eve", BookingOutcome.EVENT_NOT_FOUND));
	}

	@Test
	void decidesRoundsOfTheLargestSize() {
		EventId event = this.storage.event(1_000);
		List<String> users = IntStream.range(0, 256)
			.mapToObj((number) -> "user-" + number + ".a:@-" + "x".repeat(40))
			.toList();
		List<String> half = new ArrayList<>(users.subList(0, 128).stream().map("-"::concat).toList());
		half.addAll(IntStream.range(0, 128).mapToObj((number) -> "other-" + number).toList());

		assertThat(decide(event, users.toArray(String[]::new))).hasSize(256);
		assertThat(this.stored.registrationIds(event)).containsExactlyElementsOf(users);

		assertThat(decide(event, half.toArray(String[]::new))).hasSize(256)
			.doesNotContainValue(ReleaseOutcome.NOT_REGISTERED)
			.doesNotContainValue(BookingOutcome.SOLD_OUT);
		assertThat(this.stored.registrationIds(event)).hasSize(256).startsWith(users.get(128)).endsWith("other-127");
		this.stored.requireInvariants(event);
	}

}
