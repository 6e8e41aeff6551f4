package dev.lastseat.mongo;

import java.util.function.Consumer;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.embedded.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The races, run against repositories that lack what the races are about. Each must be
 * caught: a race that everybody survives proves nothing.
 */
class NegativeControlTest {

	/**
	 * A race is a matter of chance, so it gets this many. One is nearly always enough,
	 * also on a busy machine.
	 */
	private static final int ROUNDS = 1_000;

	private final TestEngine engine = new TestEngine();

	private MongoClient client;

	private MongoDatabase database;

	@BeforeEach
	void connect() {
		this.client = MongoClients.create(this.engine.connectionString());
		this.database = this.client.getDatabase("control");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.engine.close();
	}

	@Test
	void checkingBeforeWritingSellsTheLastSeatTwice() {
		assertThat(complaintOf(new UnguardedRepository(this.database), Races::lastSeat)).contains("tickets_sold");
	}

	@Test
	void checkingBeforeWritingCountsSomebodyTwice() {
		assertThat(complaintOf(new UnguardedRepository(this.database), Races::repeats)).containsAnyOf("tickets_sold",
				"distinct registration_ids");
	}

	@Test
	void checkingBeforeWritingOversellsSeatsThatAreGivenBack() {
		assertThat(complaintOf(new UnguardedRepository(this.database), Races::bookAgainstCancel))
			.contains("tickets_sold");
	}

	@Test
	void checkingBeforeWritingCutsTheCapacityBelowTheSeatsTaken() {
		assertThat(complaintOf(new UnguardedRepository(this.database), Races::capacityChanges))
			.contains("tickets_sold");
	}

	@Test
	void checkingBeforeDeletingTakesBookingsAlong() {
		assertThat(complaintOf(new UnguardedRepository(this.database), Races::deletionAgainstBooking))
			.contains("bookings of an event that was deleted: true");
	}

	@Test
	void refusingWithoutALookTellsHoldersThatItIsSoldOut() {
		assertThat(complaintOf(new GuessingRepository(this.database, GuessingRepository.WITHOUT_A_LOOK),
				Races::bookAgainstCancel))
			.contains("a holder who asks again");
	}

	@Test
	void refusingAfterHalfALookCallsAnEventWithAFreeSeatSoldOut() {
		assertThat(complaintOf(new GuessingRepository(this.database, GuessingRepository.FROM_HALF_A_LOOK),
				Races::sameUserBooksAndCancels))
			.contains("an event that is never full");
	}

	@Test
	void aBatchWithoutAGuardOfItsUsersCountsSomebodyTwice() {
		assertThat(complaintOf(Repositories.bookingBatchesWithoutGuard(this.database), Races::batches))
			.contains("registration_ids");
	}

	@Test
	void aBatchThatMakesSureOfOneSeatOversells() {
		assertThat(complaintOf(Repositories.bookingBatchesForOneSeat(this.database), Races::batches))
			.contains("tickets_sold");
	}

	/**
	 * @return what the race complains of
	 */
	private String complaintOf(EventRepository broken, Consumer<Races> race) {
		Races races = new Races(broken, new StoredEvents(this.database));
		for (int round = 0; round < ROUNDS; round++) {
			try {
				race.accept(races);
			}
			catch (AssertionError complaint) {
				return String.valueOf(complaint.getMessage());
			}
		}
		throw new AssertionFailedError("the race was survived without the guard");
	}

}
