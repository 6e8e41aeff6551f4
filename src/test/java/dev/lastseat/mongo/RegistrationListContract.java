package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists the registrations of an event in pages.
 */
class RegistrationListContract extends StorageTest {

	private EventId booked(int users) {
		EventId event = this.storage.event(50);
		IntStream.range(0, users).forEach((number) -> this.storage.book(event, user(number)));
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
	void listsRegistrationsInOrderOfBooking(int limit) {
		EventId event = booked(7);
		List<UserId> listed = new ArrayList<>();

		RegistrationCursor cursor = null;
		do {
			Page<UserId, RegistrationCursor> page = registrations(event, cursor, limit);
			listed.addAll(page.items());
			cursor = page.next();
		}
		while (cursor != null);

		assertThat(listed)
			.containsExactlyElementsOf(IntStream.range(0, 7).mapToObj(RegistrationListContract::user).toList());
	}

	@Test
	void continuesAfterTheLastUserWhileOthersBookAndCancel() {
		EventId event = booked(6);
		RegistrationCursor cursor = registrations(event, null, 3).next();

		this.repository.release(event, user(0)).block();
		this.storage.book(event, user(6));

		assertThat(registrations(event, cursor, 10).items()).containsExactly(user(3), user(4), user(5), user(6));
	}

	@Test
	void continuesAtTheSamePositionAfterTheLastUserCancels() {
		EventId event = booked(6);
		RegistrationCursor cursor = registrations(event, null, 3).next();

		this.repository.release(event, user(2)).block();

		assertThat(registrations(event, cursor, 10).items()).containsExactly(user(3), user(4), user(5));
	}

	@Test
	void endsWhenAllRegistrationsAfterTheCursorAreCancelled() {
		EventId event = booked(4);
		RegistrationCursor cursor = registrations(event, null, 3).next();

		IntStream.range(0, 4).forEach((number) -> this.repository.release(event, user(number)).block());

		assertThat(registrations(event, cursor, 10)).isEqualTo(new Page<>(List.of(), null));
	}

	@Test
	void returnsAnEmptyPageForAnEventWithoutRegistrations() {
		assertThat(registrations(this.storage.event(1), null, 10)).isEqualTo(new Page<>(List.of(), null));
	}

}
