package dev.lastseat.simulation;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.mongo.Repositories;
import dev.lastseat.mongo.segments.SegmentSize;
import dev.lastseat.proof.FoundBug;
import dev.lastseat.proof.ProofResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The negative control of the simulation: it finds each of these deliberate bugs, and
 * shrinks most of them to a few steps.
 */
class DeliberateBugsTest {

	/** Most bugs need two or three steps. A batch needs further requests before it. */
	private static final int MAX_STEPS = 5;

	/** Many times the number that any of these bugs needs. */
	private static final long SEEDS = Math.max(1_000, Long.getLong("simulation.seeds", 0));

	@Test
	void findsABookingWithoutGuard() {
		assertThat(violationOf("no guard", Repositories::bookingWithoutGuard)).containsAnyOf("out of bounds",
				"registered twice");
	}

	@Test
	void findsASoldOutAnswerWithoutARead() {
		assertThat(violationOf("sold out without a read", Repositories::guessingSoldOut)).contains("SOLD_OUT");
	}

	@Test
	void findsASoldOutAnswerAfterAnIncompleteRead() {
		assertThat(violationOf("sold out after an incomplete read", Repositories::guessingSoldOutUnlessRegistered))
			.contains("SOLD_OUT");
	}

	@Test
	void findsAnUnknownBookingThatIsRetriedAsNew() {
		assertThat(violationOf("retry an unknown booking as new", Repositories::retryingUnknownBookings))
			.contains("ALREADY_REGISTERED");
	}

	@Test
	void findsASeatThatIsReleasedTwice() {
		assertThat(violationOf("release twice", Repositories::releasingWithoutGuard)).containsAnyOf("miscounted",
				"out of bounds");
	}

	@Test
	void findsABatchWithoutTheGuardOfItsUsers() {
		assertThat(violationOf("no guard of the users of a batch", Repositories::bookingBatchesWithoutGuard))
			.contains("registered twice");
	}

	@Test
	void findsABatchWithTheGuardOfOneSeat() {
		assertThat(violationOf("guard of one seat for a batch", Repositories::bookingBatchesWithGuardOfOneSeat))
			.contains("out of bounds");
	}

	@Test
	void findsABatchOfCancellationsWithoutGuard() {
		assertThat(violationOf("no guard of the users who cancel together", Repositories::releasingBatchesWithoutGuard))
			.containsAnyOf("miscounted", "out of bounds");
	}

	@Test
	void findsARequestThatIsNeverAnswered() {
		assertThat(violationOf("wait for a lost answer", Repositories::waitingForLostAnswers))
			.contains("was never answered");
	}

	@Test
	void findsABookingWithoutTheGuardOfTheOpenSegment() {
		expectViolation("no guard of the open segment", Repositories::bookingWithoutSegmentGuard);
	}

	@Test
	void findsABookingWithoutTheGuardOfTheUsersBeingSealed() {
		expectViolation("no guard of the users being sealed", Repositories::bookingWithoutSealingGuard);
	}

	@Test
	void findsASealedSeatThatIsReleasedTwice() {
		expectViolation("no cleanups guard", Repositories::releasingWithoutCleanupsGuard);
	}

	@Test
	void findsAProcessThatDoesNotRememberSealedUsers() {
		expectViolation("no memory of sealed users", Repositories::loadingEmptyFilters);
	}

	@Test
	void findsADuplicateEntryOfTheJournal() {
		expectViolation("a duplicate entry of the journal", Repositories::writingDuplicateEntries);
	}

	@Test
	void findsAnEntryThatIsLostWhileItIsMoved() {
		expectViolation("an entry of the journal is lost in its move", Repositories::losingMovedEntries);
	}

	@Test
	void findsAnExpiredHoldThatBlocks() {
		expectViolationOfSale("an expired hold blocks", Repositories::ignoringExpiredHolds);
	}

	@Test
	void findsAConfirmationThatTakesASecondSeat() {
		expectViolationOfSale("a confirmation takes a second seat", Repositories::confirmingWithSecondSeat);
	}

	@Test
	void findsAHoldThatASlowReleaseEnds() {
		expectViolationOfSale("no guard of the end of a hold", Repositories::endingRenewedHolds);
	}

	@Test
	void findsAPartlyBookedParty() {
		expectViolationOfSale("a partly booked party", Repositories::bookingPartsOfParties);
	}

	@Test
	void findsABookingBeforeTheOpening() {
		expectViolationOfSale("no guard of the opening", Repositories::bookingBeforeTheOpening);
	}

	@Test
	void findsANewUserThatTakesAFreedSeat() {
		expectViolation("no guard of the waiting list", Plan::ofWaitingList, Repositories::bookingBesideWaitingUsers);
	}

	@Test
	void findsTwoOffersForOneSeat() {
		expectViolation("offers without a free seat", Plan::ofWaitingList, Repositories::offeringSeatsTwice);
	}

	@Test
	void findsALostOffer() {
		expectViolation("an offer is lost", Plan::ofWaitingList, Repositories::losingOffers);
	}

	private static void expectViolationOfSale(String bug, RepositoryFactory broken) {
		expectViolation(bug, Plan::ofSale, broken);
	}

	private static void expectViolation(String bug, LongFunction<Plan> plans, RepositoryFactory broken) {
		Run failure = new Seeds(plans, broken, new SimulationStatistics()).firstFailure(0, SEEDS);
		assertThat(failure).as(bug).isNotNull();
		System.out.println("FOUND " + bug + " after " + (failure.plan().seed() + 1) + " seeds: " + failure.violation());
		new FoundBug(bug, failure.plan().seed() + 1).append(ProofResult.DIRECTORY);
	}

	private static void expectViolation(String bug, BiFunction<MongoDatabase, SegmentSize, EventRepository> broken) {
		expectViolation(bug, Plan::ofSmallSegments, (database, size, clock) -> broken.apply(database, size));
	}

	/**
	 * @return the violation of the simulation after shrinking
	 */
	private static String violationOf(String bug, Function<MongoDatabase, EventRepository> broken) {
		return violationOf(bug,
				new Seeds(Plan::of, (database, size, clock) -> broken.apply(database), new SimulationStatistics()));
	}

	private static String violationOf(String bug, Seeds seeds) {
		Run failure = seeds.firstFailure(0, SEEDS);
		assertThat(failure).as(bug).isNotNull();
		Run shrunk = seeds.shrunk(failure);
		System.out.println("FOUND " + bug + " after " + (failure.plan().seed() + 1) + " seeds, shrunk from "
				+ failure.plan().steps().size() + " steps: " + shrunk.description());
		new FoundBug(bug, failure.plan().seed() + 1).append(ProofResult.DIRECTORY);
		assertThat(shrunk.plan().steps()).hasSizeLessThanOrEqualTo(MAX_STEPS);
		return shrunk.violation();
	}

}
