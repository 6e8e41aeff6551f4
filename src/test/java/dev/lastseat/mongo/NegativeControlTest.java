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
 * Runs the races against repositories with deliberate bugs. Each race must fail. A race
 * that cannot fail would prove nothing.
 */
class NegativeControlTest {

	/**
	 * The limit of attempts, because a race finds a bug by chance. One attempt is nearly
	 * always enough, also on a busy machine.
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
	void checkThenWriteSellsTheLastSeatTwice() {
		assertThat(failureOf(new UnguardedRepository(this.database), Races::lastSeat)).contains("tickets_sold");
	}

	@Test
	void checkThenWriteRegistersAUserTwice() {
		assertThat(failureOf(new UnguardedRepository(this.database), Races::repeats)).containsAnyOf("tickets_sold",
				"distinct registration_ids");
	}

	@Test
	void checkThenWriteOversellsReleasedSeats() {
		assertThat(failureOf(new UnguardedRepository(this.database), Races::bookAgainstCancel))
			.contains("tickets_sold");
	}

	@Test
	void checkThenWriteLowersTheCapacityBelowTheSoldTickets() {
		assertThat(failureOf(new UnguardedRepository(this.database), Races::capacityChanges)).contains("tickets_sold");
	}

	@Test
	void checkThenDeleteDeletesBookings() {
		assertThat(failureOf(new UnguardedRepository(this.database), Races::deletionAgainstBooking))
			.contains("bookings of an event that was deleted: true");
	}

	@Test
	void guessingTellsRegisteredUsersThatTheEventIsSoldOut() {
		assertThat(failureOf(new GuessingRepository(this.database, GuessingRepository.ALWAYS_SOLD_OUT),
				Races::bookAgainstCancel))
			.contains("registered user who books again");
	}

	@Test
	void guessingReportsSoldOutWhileASeatIsFree() {
		assertThat(failureOf(new GuessingRepository(this.database, GuessingRepository.SOLD_OUT_UNLESS_REGISTERED),
				Races::sameUserBooksAndCancels))
			.contains("an event that is never full");
	}

	@Test
	void aBatchWithoutAGuardOfItsUsersRegistersAUserTwice() {
		assertThat(failureOf(Repositories.bookingBatchesWithoutGuard(this.database), Races::batches))
			.contains("registration_ids");
	}

	@Test
	void aBatchWithAGuardOfOneSeatOversells() {
		assertThat(failureOf(Repositories.bookingBatchesWithGuardOfOneSeat(this.database), Races::batches))
			.contains("tickets_sold");
	}

	@Test
	void holdsWithoutGuardsCountAHoldTwice() {
		assertThat(failureOf(Repositories.holdingWithoutGuards(this.database), Races::holds)).containsAnyOf("held",
				"tickets_sold", "registration_ids");
	}

	@Test
	void aBatchOfCancellationsWithoutAGuardReleasesASeatTwice() {
		assertThat(failureOf(Repositories.releasingBatchesWithoutGuard(this.database), Races::rounds))
			.containsAnyOf("tickets_sold", "registration_ids", "released");
	}

	/**
	 * @return the message of the first race that fails
	 */
	private String failureOf(EventRepository broken, Consumer<Races> race) {
		Races races = new Races(broken, new StoredEvents(this.database));
		for (int round = 0; round < ROUNDS; round++) {
			try {
				race.accept(races);
			}
			catch (AssertionError failure) {
				return String.valueOf(failure.getMessage());
			}
		}
		throw new AssertionFailedError("no race failed although the repository has a bug");
	}

}
