package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every storage engine must do about lists, and about changes of an event.
 */
abstract class PageContract extends OnAnEngine {

	/** A year for each test that lists events, so that they do not see each other's. */
	private int year = 1_000;

	private Instant day(int day) {
		return Instant.parse("%04d-01-%02dT00:00:00Z".formatted(this.year, day));
	}

	private EventId onDay(int day) {
		return create("On day " + day, day(day).toString(), 5).id();
	}

	private EventQuery thisYear(EventQuery.@Nullable Cursor after, int limit) {
		return new EventQuery(day(1), day(1).plusSeconds(365L * 24 * 60 * 60), null, after, limit);
	}

	private List<EventId> walk(int limit, Runnable betweenPages) {
		List<EventId> seen = new ArrayList<>();
		EventQuery.Cursor place = null;
		do {
			Page<Event, EventQuery.Cursor> page = this.repository.list(thisYear(place, limit)).block();
			assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
			page.items().forEach((event) -> seen.add(event.id()));
			place = page.next();
			betweenPages.run();
		}
		while (place != null);
		return seen;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4, 5, 100 })
	void pagesThroughEventsByStartEarliestFirst(int limit) {
		this.year++;
		EventId third = onDay(3);
		EventId first = onDay(1);
		List<EventId> second = IntStream.range(0, 3)
			.mapToObj((number) -> onDay(2))
			.sorted((a, b) -> a.value().compareTo(b.value()))
			.toList();

		List<EventId> seen = walk(limit, () -> {
		});

		assertThat(seen).startsWith(first).endsWith(third).hasSize(5);
		assertThat(seen.subList(1, 4)).isEqualTo(second);
	}

	@Test
	void showsEveryEventOnceWhileOthersAreInserted() {
		this.year++;
		List<EventId> events = IntStream.rangeClosed(2, 9).mapToObj(this::onDay).toList();

		List<EventId> seen = walk(2, () -> onDay(1));

		assertThat(seen).isEqualTo(events);
	}

	@Test
	void listsEventsFromAnInstantUpToAnother() {
		this.year++;
		IntStream.rangeClosed(1, 4).forEach(this::onDay);

		EventQuery middle = new EventQuery(day(2), day(4), null, null, 10);

		assertThat(this.repository.list(middle).block().items()).extracting(Event::startsAt)
			.containsExactly(day(2), day(3));
	}

	@Test
	void endsWithoutAnotherPageWhenThePageIsJustFull() {
		this.year++;
		IntStream.rangeClosed(1, 2).forEach(this::onDay);

		assertThat(this.repository.list(thisYear(null, 2)).block().next()).isNull();
		assertThat(this.repository.list(thisYear(null, 1)).block().next()).isNotNull();
	}

	@Test
	void listsTheEventsOfAUser() {
		this.year++;
		UserId user = new UserId("user-of-" + this.year);
		List<EventId> events = IntStream.rangeClosed(1, 4).mapToObj(this::onDay).toList();
		Stream.of(3, 0, 2).forEach((index) -> book(events.get(index), user));
		this.repository.release(events.get(2), user).block();

		Page<Event, EventQuery.Cursor> first = this.repository.list(new EventQuery(null, null, user, null, 1)).block();
		Page<Event, EventQuery.Cursor> second = this.repository.list(new EventQuery(null, null, user, first.next(), 1))
			.block();

		assertThat(first.items()).extracting(Event::id).containsExactly(events.get(0));
		assertThat(second.items()).extracting(Event::id).containsExactly(events.get(3));
		assertThat(second.next()).isNull();
	}

	private EventId booked(int users) {
		EventId event = event(50);
		IntStream.range(0, users).forEach((number) -> book(event, user(number)));
		return event;
	}

	private static UserId user(int number) {
		return new UserId("user-" + number);
	}

	private Page<UserId, RegistrationCursor> registrations(EventId event, @Nullable RegistrationCursor after,
			int limit) {
		return this.repository.registrations(event, after, limit).block();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 7, 8 })
	void pagesThroughRegistrationsInTheOrderOfBooking(int limit) {
		EventId event = booked(7);
		List<UserId> seen = new ArrayList<>();

		RegistrationCursor place = null;
		do {
			Page<UserId, RegistrationCursor> page = registrations(event, place, limit);
			seen.addAll(page.items());
			place = page.next();
		}
		while (place != null);

		assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 7).mapToObj(PageContract::user).toList());
	}

	@Test
	void goesOnBehindTheLastUserWhenOthersComeAndGo() {
		EventId event = booked(6);
		RegistrationCursor place = registrations(event, null, 3).next();

		this.repository.release(event, user(0)).block();
		book(event, user(6));

		assertThat(registrations(event, place, 10).items()).containsExactly(user(3), user(4), user(5), user(6));
	}

	@Test
	void goesOnWhereTheLastUserWasWhenTheyHaveGone() {
		EventId event = booked(6);
		RegistrationCursor place = registrations(event, null, 3).next();

		this.repository.release(event, user(2)).block();

		assertThat(registrations(event, place, 10).items()).containsExactly(user(3), user(4), user(5));
	}

	@Test
	void endsWhenEverybodyBehindThePlaceHasGone() {
		EventId event = booked(4);
		RegistrationCursor place = registrations(event, null, 3).next();

		IntStream.range(0, 4).forEach((number) -> this.repository.release(event, user(number)).block());

		assertThat(registrations(event, place, 10)).isEqualTo(new Page<>(List.of(), null));
	}

	@Test
	void hasAnEmptyPageForAnEventThatNobodyIsRegisteredFor() {
		assertThat(registrations(event(1), null, 10)).isEqualTo(new Page<>(List.of(), null));
	}

	private EventId gala() {
		return this.repository
			.create(new EventDraft("Gala", "An evening", Instant.parse("2027-01-01T19:00:00Z"),
					Instant.parse("2027-01-01T23:00:00Z"), 3), NOW)
			.block()
			.id();
	}

	private static EventChange change(Field field, @Nullable Instant value) {
		return new EventChange(Set.of(field), null, null, value, value, 0);
	}

	@Test
	void changesTheFieldsThatAreNamedAndNoOther() {
		EventId event = gala();
		Event before = this.repository.find(event).block();

		EventChange change = new EventChange(Set.of(Field.TITLE, Field.DESCRIPTION), "Ball", null, null, null, 0);
		assertThat(this.repository.change(event, change).block()).isEqualTo(ChangeOutcome.CHANGED);

		assertThat(this.repository.find(event).block())
			.isEqualTo(new Event(event, "Ball", null, before.startsAt(), before.endsAt(), 3, 0, 1, before.createdAt()));
	}

	@Test
	void changesOnlyTheRevisionThatIsAskedFor() {
		EventId event = gala();
		EventChange change = EventChange.ofCapacity(5);

		assertThat(this.repository.change(event, change, RevisionCondition.ofRevisions(0L)).block())
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.change(event, change, RevisionCondition.ofRevisions(0L)).block())
			.isEqualTo(ChangeOutcome.STALE);
		assertThat(this.repository.change(event, change, RevisionCondition.ofRevisions()).block())
			.isEqualTo(ChangeOutcome.STALE);
		assertThat(this.repository.change(event, change, RevisionCondition.ofRevisions(0L, 1L)).block())
			.isEqualTo(ChangeOutcome.CHANGED);

		assertThat(this.repository.find(event).block().revision()).isEqualTo(2);
	}

	@Test
	void neverEndsAnEventBeforeItStarts() {
		EventId event = gala();
		Instant end = Instant.parse("2027-01-01T23:00:00Z");
		Instant start = Instant.parse("2027-01-01T19:00:00Z");

		assertThat(this.repository.change(event, change(Field.STARTS_AT, end.plusMillis(1))).block())
			.isEqualTo(ChangeOutcome.ENDS_BEFORE_START);
		assertThat(this.repository.change(event, change(Field.ENDS_AT, start.minusMillis(1))).block())
			.isEqualTo(ChangeOutcome.ENDS_BEFORE_START);
		assertThat(this.repository.find(event).block().revision()).isZero();

		assertThat(this.repository.change(event, change(Field.STARTS_AT, end)).block())
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.change(event, change(Field.ENDS_AT, null)).block()).isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.change(event, change(Field.STARTS_AT, end.plusSeconds(60))).block())
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.find(event).block()).extracting(Event::startsAt, Event::endsAt)
			.containsExactly(end.plusSeconds(60), null);
	}

	@Test
	void changesAnEventThatPeopleBookMeanwhile() {
		EventId event = gala();
		book(event, user(0), user(1));

		assertThat(this.repository.change(event, EventChange.ofCapacity(2), RevisionCondition.ofRevisions(2L)).block())
			.isEqualTo(ChangeOutcome.CHANGED);

		assertThat(this.stored.registrationIds(event)).containsExactly("user-0", "user-1");
		assertThat(this.repository.find(event).block().soldOut()).isTrue();
	}

}
