package dev.lastseat.mongo;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keeps the guarantees under concurrent requests. {@link Races} describes each race.
 */
@Needs(Feature.ATOMIC_UPDATES)
class RaceContract {

	private Races races;

	@BeforeEach
	void use(TestStorage storage) {
		this.races = storage.races();
	}

	@Test
	void sellsTheLastSeatOnce() {
		this.races.lastSeat();
	}

	@Test
	void registersNoUserTwice() {
		this.races.repeats();
	}

	@Test
	void answersTrulyWhileSeatsAreReleased() {
		this.races.bookAgainstCancel();
	}

	@Test
	void neverReportsSoldOutWhileASeatIsFree() {
		this.races.sameUserBooksAndCancels();
	}

	@Test
	void neverSellsMoreThanTheCurrentCapacity() {
		this.races.capacityChanges();
	}

	@Test
	void neverDeletesAnEventWithABooking() {
		this.races.deletionAgainstBooking();
	}

	@Test
	void sellsEverySeatOnceToConcurrentRounds() {
		this.races.batches();
	}

	@Test
	void keepsEverySeatOnceWhileHoldsAreConfirmedAndGivenBack() {
		this.races.holds();
	}

	@Test
	void sellsEverySeatOnceInConcurrentRoundsOfBothKinds() {
		this.races.rounds();
	}

}
