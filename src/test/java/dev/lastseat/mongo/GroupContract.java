package dev.lastseat.mongo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Expectation;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every storage engine must do for those who ask together.
 */
abstract class GroupContract extends ChangeFeedContract {

	private Map<UserId, BookingOutcome> decide(EventId event, Expectation expectation, String... users) {
		return this.repository.book(event, Arrays.stream(users).map(UserId::new).toList(), expectation)
			.collect(Collectors.toMap(Decision::user, Decision::outcome))
			.block();
	}

	@ParameterizedTest
	@EnumSource
	void booksAGroupInTheOrderOfArrivalWithOneRevision(Expectation expectation) {
		EventId event = event(3);

		assertThat(decide(event, expectation, "ada", "bob", "eve")).hasSize(3)
			.containsValue(BookingOutcome.BOOKED)
			.doesNotContainValue(BookingOutcome.SOLD_OUT);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada", "bob", "eve");
		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 3).containsEntry("revision", 1L);
	}

	@ParameterizedTest
	@EnumSource
	void booksThoseWhoComeFirstWhenThereAreNotSeatsForAll(Expectation expectation) {
		EventId event = event(3);
		book(event, new UserId("joe"));

		assertThat(decide(event, expectation, "ada", "bob", "eve", "tom")).containsOnly(
				Map.entry(new UserId("ada"), BookingOutcome.BOOKED),
				Map.entry(new UserId("bob"), BookingOutcome.BOOKED),
				Map.entry(new UserId("eve"), BookingOutcome.SOLD_OUT),
				Map.entry(new UserId("tom"), BookingOutcome.SOLD_OUT));

		assertThat(this.stored.registrationIds(event)).containsExactly("joe", "ada", "bob");
	}

	@ParameterizedTest
	@EnumSource
	void tellsHoldersInAGroupApartFromTheOthers(Expectation expectation) {
		EventId event = event(3);
		book(event, new UserId("bob"));
		book(event, new UserId("joe"));

		assertThat(decide(event, expectation, "ada", "bob", "eve", "joe")).containsOnly(
				Map.entry(new UserId("ada"), BookingOutcome.BOOKED),
				Map.entry(new UserId("bob"), BookingOutcome.ALREADY_REGISTERED),
				Map.entry(new UserId("eve"), BookingOutcome.SOLD_OUT),
				Map.entry(new UserId("joe"), BookingOutcome.ALREADY_REGISTERED));

		assertThat(this.stored.registrationIds(event)).containsExactly("bob", "joe", "ada");
	}

	@ParameterizedTest
	@EnumSource
	void knowsNoSeatsOfAnUnknownEventForAGroup(Expectation expectation) {
		for (String id : List.of("ffffffffffffffffffffffff", "nope")) {
			assertThat(decide(new EventId(id), expectation, "ada", "bob")).containsOnly(
					Map.entry(new UserId("ada"), BookingOutcome.EVENT_NOT_FOUND),
					Map.entry(new UserId("bob"), BookingOutcome.EVENT_NOT_FOUND));
		}
	}

	@Test
	void takesGroupsOfTheLargestSizeForWhatTheyAre() {
		EventId event = event(1_000);
		String[] users = new String[256];
		Arrays.setAll(users, (number) -> "user-" + number + ".a:@-" + "x".repeat(40));

		assertThat(decide(event, Expectation.BOOKINGS, users)).hasSize(256);

		assertThat(this.stored.registrationIds(event)).containsExactly(users);
	}

	@Test
	void sellsEverySeatOnceToGroupsThatOverlap() {
		races().groups();
	}

}
