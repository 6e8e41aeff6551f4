package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stores user ids exactly, as data and never as expressions.
 */
class UserIdContract extends StorageTest {

	private static final UserId ADA = new UserId("ada");

	/** Ids that a database could interpret as an operator, a field or a path. */
	private static final List<String> LIKE_CODE = List.of("$set", "$registration_ids", "$$ROOT", "$literal", "a.b",
			"registration_ids.0", "{\"$ne\":1}", "{$gt:''}", "auth0|5f7c", "a+b@example.org", "CN=Ada,O=X",
			"https://id.example.org/u/1?x=y#z", "%24set", "__proto__", "-1", "0", "null", "_id", "...", "*", "/.*/",
			"x".repeat(255));

	@Test
	void treatsUserIdsAsData() {
		EventId event = this.storage.event(2 * LIKE_CODE.size());
		List<UserId> users = LIKE_CODE.stream().map(UserId::new).toList();

		for (UserId user : users) {
			assertThat(this.repository.isRegistered(event, user).block()).as("%s before the booking", user).isFalse();
			assertThat(this.repository.release(event, user).block()).hasToString("NOT_REGISTERED");
			assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.BOOKED);
			assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
			assertThat(this.repository.isRegistered(event, user).block()).as("%s after the booking", user).isTrue();
		}
		assertThat(this.stored.registrationIds(event)).containsExactlyElementsOf(LIKE_CODE);
		assertThat(this.repository.ledger(event).block().registrations()).containsExactlyElementsOf(users);
		for (UserId user : users) {
			assertThat(this.repository.list(new EventQuery(null, null, user, null, 10)).block().items())
				.extracting(Event::id)
				.as("events of %s", user)
				.contains(event);
		}
		assertThat(listOneByOne(event)).containsExactlyElementsOf(users);

		for (UserId user : users) {
			assertThat(this.repository.release(event, user).block()).hasToString("RELEASED");
			assertThat(this.repository.isRegistered(event, user).block()).as("%s after the release", user).isFalse();
		}
		assertThat(this.repository.decide(event, Requests.bookings(users)).map(Decision::outcome).collectList().block())
			.hasSameSizeAs(users)
			.containsOnly(BookingOutcome.BOOKED);
		assertThat(this.repository.decide(event, Requests.bookings(users)).map(Decision::outcome).collectList().block())
			.hasSameSizeAs(users)
			.containsOnly(BookingOutcome.ALREADY_REGISTERED);
		this.stored.requireInvariants(event);
	}

	private List<UserId> listOneByOne(EventId event) {
		List<UserId> listed = new ArrayList<>();
		RegistrationCursor cursor = null;
		do {
			Page<UserId, RegistrationCursor> page = this.repository.registrations(event, cursor, 1).block();
			listed.addAll(page.items());
			cursor = page.next();
		}
		while (cursor != null);
		return listed;
	}

	@Test
	void distinguishesUserIdsByCase() {
		EventId event = this.storage.event(2);
		this.storage.book(event, new UserId("Ada"), new UserId("ada"));

		assertThat(this.stored.registrationIds(event)).containsExactly("Ada", "ada");
	}

	@Test
	void acceptsEveryLegalCharacterInAUserId() {
		EventId event = this.storage.event(3);
		UserId user = new UserId("A-Z.a_z:0@9-");
		this.storage.book(event, user);

		assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(this.repository.isRegistered(event, user).block()).isTrue();
		assertThat(this.repository.release(event, user).block()).isEqualTo(ReleaseOutcome.RELEASED);
	}

	@Test
	void findsAnEventByItsIdInUpperCase() {
		EventId event = this.storage.event(1);

		this.storage.book(new EventId(event.value().toUpperCase(Locale.ROOT)), ADA);

		assertThat(this.repository.isRegistered(event, ADA).block()).isTrue();
	}

}
