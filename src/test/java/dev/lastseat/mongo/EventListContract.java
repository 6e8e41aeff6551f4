package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists events in pages.
 */
class EventListContract extends StorageTest {

	private static final AtomicInteger YEARS = new AtomicInteger(1_000);

	/** The year of the events of one test. No test lists events of another test. */
	private final int year = YEARS.incrementAndGet();

	private Instant day(int day) {
		return Instant.parse("%04d-01-%02dT00:00:00Z".formatted(this.year, day));
	}

	private EventId createOnDay(int day) {
		return this.storage.create("On day " + day, day(day).toString(), 5).id();
	}

	private EventQuery thisYear(EventQuery.@Nullable Cursor after, int limit) {
		return new EventQuery(day(1), day(1).plusSeconds(365L * 24 * 60 * 60), null, after, limit);
	}

	private List<EventId> listAll(int limit, Runnable betweenPages) {
		List<EventId> listed = new ArrayList<>();
		EventQuery.Cursor cursor = null;
		do {
			Page<Event, EventQuery.Cursor> page = this.repository.list(thisYear(cursor, limit)).block();
			assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
			page.items().forEach((event) -> listed.add(event.id()));
			cursor = page.next();
			betweenPages.run();
		}
		while (cursor != null);
		return listed;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4, 5, 100 })
	void listsEventsInOrderOfTheirStart(int limit) {
		EventId third = createOnDay(3);
		EventId first = createOnDay(1);
		List<EventId> second = IntStream.range(0, 3)
			.mapToObj((number) -> createOnDay(2))
			.sorted((a, b) -> a.value().compareTo(b.value()))
			.toList();

		List<EventId> listed = listAll(limit, () -> {
		});

		assertThat(listed).startsWith(first).endsWith(third).hasSize(5);
		assertThat(listed.subList(1, 4)).isEqualTo(second);
	}

	@Test
	void listsEveryEventOnceWhileOthersAreInserted() {
		List<EventId> events = IntStream.rangeClosed(2, 9).mapToObj(this::createOnDay).toList();

		List<EventId> listed = listAll(2, () -> createOnDay(1));

		assertThat(listed).isEqualTo(events);
	}

	@Test
	void listsEventsBetweenTwoInstants() {
		IntStream.rangeClosed(1, 4).forEach(this::createOnDay);

		EventQuery middle = new EventQuery(day(2), day(4), null, null, 10);

		assertThat(this.repository.list(middle).block().items()).extracting(Event::startsAt)
			.containsExactly(day(2), day(3));
	}

	@Test
	void hasNoNextPageWhenTheLastPageIsFull() {
		IntStream.rangeClosed(1, 2).forEach(this::createOnDay);

		assertThat(this.repository.list(thisYear(null, 2)).block().next()).isNull();
		assertThat(this.repository.list(thisYear(null, 1)).block().next()).isNotNull();
	}

	@Test
	void listsTheEventsOfAUser() {
		UserId user = new UserId("user-of-" + this.year);
		List<EventId> events = IntStream.rangeClosed(1, 4).mapToObj(this::createOnDay).toList();
		Stream.of(3, 0, 2).forEach((index) -> this.storage.book(events.get(index), user));
		this.repository.release(events.get(2), user).block();

		Page<Event, EventQuery.Cursor> first = this.repository.list(new EventQuery(null, null, user, null, 1)).block();
		Page<Event, EventQuery.Cursor> second = this.repository.list(new EventQuery(null, null, user, first.next(), 1))
			.block();

		assertThat(first.items()).extracting(Event::id).containsExactly(events.get(0));
		assertThat(second.items()).extracting(Event::id).containsExactly(events.get(3));
		assertThat(second.next()).isNull();
	}

}
