package dev.lastseat.mongo.segments;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.TestStorage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.lastseat.mongo.segments.SegmentFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists registrations of events with sealed segments, and the events of users who have
 * them.
 */
public class SealedListContract extends SegmentTest {

	private List<UserId> listAll(EventId event, int limit, Runnable betweenPages) {
		List<UserId> listed = new ArrayList<>();
		RegistrationCursor cursor = null;
		do {
			Page<UserId, RegistrationCursor> page = page(event, cursor, limit);
			assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
			listed.addAll(page.items());
			cursor = page.next();
			betweenPages.run();
		}
		while (cursor != null);
		return listed;
	}

	private Page<UserId, RegistrationCursor> page(EventId event, @Nullable RegistrationCursor after, int limit) {
		return this.withoutSealing.registrations(event, after, limit).block(TestRun.TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 6, 7, 8 })
	void listsSealedAndOpenRegistrationsInOrderOfBooking(int limit) {
		EventId event = this.segments.sealed(7);
		this.segments.releaseWithoutCleanUp(event, user(1));
		this.repository.release(event, user(2)).block(TestRun.TIMEOUT);
		this.segments.book(event, user(2), user(7));
		this.segments.beginSealing(event);

		List<UserId> listed = listAll(event, limit, () -> {
		});

		assertThat(listed).containsExactly(user(0), user(3), user(4), user(5), user(6), user(2), user(7));
		assertThat(this.withoutSealing.ledger(event).block(TestRun.TIMEOUT).registrations()).isEqualTo(listed);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void skipsReleasedRegistrations(int limit) {
		EventId event = this.segments.sealed(9);
		Stream.of(1, 2, 3).forEach((number) -> this.segments.releaseWithoutCleanUp(event, user(number)));

		assertThat(listAll(event, limit, () -> {
		})).containsExactly(user(0), user(4), user(5), user(6), user(7), user(8));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void listsEachUserOnceWhenSealingHappensBetweenPages(int limit) {
		EventId event = this.segments.booked(9);

		List<UserId> listed = listAll(event, limit, () -> {
			SegmentState state = this.segments.state(event);
			if (!state.sealing().isEmpty()) {
				this.segments.sealing().finish(state, state.sealing()).block(TestRun.TIMEOUT);
			}
			else if (!state.oldest().isEmpty()) {
				this.segments.sealing().begin(state).block(TestRun.TIMEOUT);
			}
		});

		assertThat(listed).containsExactlyElementsOf(IntStream.range(0, 9).mapToObj(SegmentFixture::user).toList());
	}

	@Test
	void continuesAtTheSamePositionAfterASealedUserBooksAgain() {
		EventId event = this.segments.sealed(7);
		RegistrationCursor cursor = page(event, null, 2).next();

		this.repository.release(event, user(1)).block(TestRun.TIMEOUT);
		this.segments.book(event, user(1));

		assertThat(page(event, cursor, 10).items()).containsExactly(user(2), user(3), user(4), user(5), user(6),
				user(1));
	}

	@Test
	void continuesAfterTheLastUserWhenItIsSealed() {
		EventId event = this.segments.booked(7);
		RegistrationCursor cursor = page(event, null, 4).next();

		this.withoutSealing.release(event, user(0)).block(TestRun.TIMEOUT);
		this.segments.maintain(event);

		assertThat(page(event, cursor, 10).items()).containsExactly(user(4), user(5), user(6));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 10 })
	void listsTheEventsOfAUserInEverySegment(int limit) {
		UserId traveller = new UserId("traveller-" + limit + "-" + System.nanoTime());
		List<EventId> events = IntStream.rangeClosed(1, 6).mapToObj((day) -> bookedBy(traveller, day)).toList();
		Stream.of(0, 2, 3, 5).map(events::get).forEach(this::seal);
		this.segments.releaseWithoutCleanUp(events.get(2), traveller);
		this.repository.release(events.get(3), traveller).block(TestRun.TIMEOUT);
		this.segments.book(events.get(4), user(1), user(2), user(3));
		this.segments.beginSealing(events.get(4));

		List<EventId> listed = new ArrayList<>();
		EventQuery.Cursor cursor = null;
		do {
			Page<Event, EventQuery.Cursor> page = this.withoutSealing
				.list(new EventQuery(null, null, traveller, cursor, limit))
				.block(TestRun.TIMEOUT);
			page.items().forEach((event) -> listed.add(event.id()));
			cursor = page.next();
		}
		while (cursor != null);

		assertThat(listed).containsExactly(events.get(0), events.get(1), events.get(4), events.get(5));
	}

	private EventId bookedBy(UserId user, int day) {
		Instant start = Instant.parse("2031-01-%02dT00:00:00Z".formatted(day));
		EventId event = this.withoutSealing.create(new EventDraft("A trip", null, start, null, 9), TestStorage.NOW)
			.block(TestRun.TIMEOUT)
			.id();
		this.segments.book(event, user);
		return event;
	}

	private void seal(EventId event) {
		this.segments.book(event, user(1), user(2), user(3));
		this.segments.maintain(event);
		assertThat(this.stored.sealedRegistrations(event)).hasSize(2);
	}

}
