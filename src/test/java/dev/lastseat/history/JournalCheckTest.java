package dev.lastseat.history;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Each case is a history of one seat, unless it says otherwise. */
class JournalCheckTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final UserId EVE = new UserId("eve");

	private static final Sale SALE = new Sale(Sale.ALWAYS, Operation.NEVER, 10, 20, 1);

	private final List<Operation> operations = new ArrayList<>();

	private final List<Change> journal = new ArrayList<>();

	private int capacity = 1;

	private @Nullable Ledger ledger;

	private void operation(Action action, UserId user, long invoked, long responded, Answer answer) {
		this.operations.add(new Operation(action, user, 0, invoked, responded, answer));
	}

	private void unknown(Action action, UserId user, long invoked) {
		operation(action, user, invoked, Operation.NEVER, Answer.UNKNOWN);
	}

	private void join(UserId user, long invoked, long responded, Answer answer, int position, int length) {
		this.operations.add(new Operation(Action.JOIN, List.of(user), 0, invoked, responded, answer,
				new Details(Map.of(), List.of(), null, new WaitingPlace(position, length))));
	}

	private void hold(UserId user, long invoked, long responded, Answer answer, long until) {
		this.operations.add(new Operation(Action.HOLD, List.of(user), 0, invoked, responded, answer,
				new Details(Map.of(user, until), List.of(), null, null)));
	}

	private void bookParty(List<UserId> users, long invoked, long responded, Answer answer, List<UserId> before) {
		this.operations.add(new Operation(Action.BOOK_PARTY, users, 0, invoked, responded, answer,
				new Details(Map.of(), before, null, null)));
	}

	private void entry(Op op, long at, @Nullable UserId user) {
		this.journal.add(new Change(this.journal.size() + 1L, op, at, user));
	}

	private void stored(List<UserId> registered, List<Hold> holds, List<UserId> waiting) {
		this.ledger = new Ledger(this.capacity, registered.size(), holds.size(), registered, holds, waiting);
	}

	private static Hold offer(UserId user) {
		return new Hold(user, Instant.EPOCH, true);
	}

	private History history() {
		return new History(new EventId("e"), 1, SALE, this.operations, this.ledger, 100, this.journal);
	}

	private @Nullable String objection() {
		CheckResult result = CheckResult.of(history());
		return (result instanceof CheckResult.Violation violation) ? violation.reason() : null;
	}

	/** Ada books, Bob joins, Ada cancels, and the seat is offered to Bob. */
	private void offered() {
		operation(Action.BOOK, ADA, 1, 2, Answer.BOOKED);
		join(BOB, 3, 4, Answer.JOINED, 1, 1);
		operation(Action.CANCEL, ADA, 5, 6, Answer.RELEASED);
		entry(Op.BOOKED, 1, ADA);
		entry(Op.JOINED, 3, BOB);
		entry(Op.RELEASED, 5, ADA);
		entry(Op.OFFERED, 5, BOB);
		stored(List.of(), List.of(offer(BOB)), List.of());
	}

	@Test
	void explainsAnOffer() {
		offered();
		operation(Action.BOOK, EVE, 7, 8, Answer.SOLD_OUT);

		assertThat(objection()).isNull();
	}

	@Test
	void explainsAnAcceptedOffer() {
		offered();
		operation(Action.BOOK, BOB, 7, 8, Answer.CONFIRMED);
		entry(Op.CONFIRMED, 7, BOB);
		stored(List.of(BOB), List.of(), List.of());

		assertThat(objection()).isNull();
	}

	@Test
	void keepsHistoriesInFiles(@TempDir Path directory) throws Exception {
		offered();
		join(EVE, 7, 8, Answer.JOINED, 1, 1);
		entry(Op.JOINED, 7, EVE);
		stored(List.of(), List.of(offer(BOB)), List.of(EVE));
		Path file = directory.resolve("history.jsonl");

		HistoryFile.write(file, history());

		assertThat(HistoryFile.read(file)).containsExactly(history());
	}

	@Test
	void findsANewUserThatTakesAFreedSeat() {
		offered();
		this.journal.remove(3);
		operation(Action.BOOK, EVE, 7, 8, Answer.BOOKED);
		entry(Op.BOOKED, 7, EVE);
		stored(List.of(EVE), List.of(), List.of(BOB));

		assertThat(objection()).contains("other users wait for the seat");
	}

	@Test
	void findsTwoOffersForOneSeat() {
		offered();
		join(EVE, 3, 4, Answer.JOINED, 2, 2);
		this.journal.add(2, new Change(3, Op.JOINED, 3, EVE));
		this.journal.set(3, new Change(4, Op.RELEASED, 5, ADA));
		this.journal.set(4, new Change(5, Op.OFFERED, 5, BOB));
		entry(Op.OFFERED, 5, EVE);

		assertThat(objection()).contains("entry 6 (offered eve): no seat is free");
	}

	@Test
	void findsAnOfferToAUserThatIsNotTheFirst() {
		offered();
		join(EVE, 3, 4, Answer.JOINED, 2, 2);
		this.journal.add(2, new Change(3, Op.JOINED, 3, EVE));
		this.journal.set(3, new Change(4, Op.RELEASED, 5, ADA));
		this.journal.set(4, new Change(5, Op.OFFERED, 5, EVE));

		assertThat(objection()).contains("the user is not the first one that waits");
	}

	/** As after a crash between the end of the wait and the offer. */
	@Test
	void findsALostOffer() {
		offered();
		stored(List.of(), List.of(), List.of());

		assertThat(objection()).contains("the stored holds are not those of the journal");
	}

	@Test
	void findsADuplicateEntry() {
		offered();
		entry(Op.JOINED, 3, BOB);

		assertThat(objection()).contains("entry 5 (joined bob): no operation can have made this change");
	}

	@Test
	void findsALostEntry() {
		offered();
		this.journal.remove(1);

		assertThat(objection()).contains("it should have the position 2");
	}

	@Test
	void findsAnAnswerWithoutAnEntry() {
		operation(Action.BOOK, ADA, 1, 2, Answer.BOOKED);

		assertThat(objection()).contains("BOOK ada was answered BOOKED, but the journal has no entry for it");
	}

	@Test
	void findsAnEntryWithoutAnOperation() {
		entry(Op.BOOKED, 1, ADA);

		assertThat(objection()).contains("no operation can have made this change");
	}

	@Test
	void allowsAnEntryOfAnOperationWithoutAnswer() {
		unknown(Action.BOOK, ADA, 1);
		entry(Op.BOOKED, 9, ADA);

		assertThat(objection()).isNull();
	}

	@Test
	void findsEntriesInTheWrongOrder() {
		this.capacity = 1;
		operation(Action.BOOK, ADA, 1, 2, Answer.BOOKED);
		operation(Action.CANCEL, ADA, 3, 4, Answer.RELEASED);
		operation(Action.BOOK, BOB, 5, 6, Answer.BOOKED);
		entry(Op.BOOKED, 5, BOB);

		assertThat(objection()).contains("entry 1 (booked bob): no operation can have made this change");
	}

	@Test
	void givesAnEntryToTheOperationThatRespondsFirst() {
		unknown(Action.BOOK, ADA, 1);
		operation(Action.BOOK, ADA, 2, 3, Answer.BOOKED);
		operation(Action.CANCEL, ADA, 4, 5, Answer.RELEASED);
		entry(Op.BOOKED, 2, ADA);
		entry(Op.RELEASED, 4, ADA);
		entry(Op.BOOKED, 8, ADA);

		assertThat(objection()).isNull();
	}

	@Test
	void findsARefusalWhileASeatIsFree() {
		operation(Action.BOOK, ADA, 1, 2, Answer.SOLD_OUT);

		assertThat(objection()).contains("BOOK ada was answered SOLD_OUT, which is true in no state");
	}

	@Test
	void allowsARefusalWhileOthersWaitForASeat() {
		offered();
		operation(Action.BOOK, EVE, 5, 6, Answer.SOLD_OUT);

		assertThat(objection()).isNull();
	}

	@Test
	void findsARefusalBecauseOfAnExpiredHold() {
		hold(ADA, 1, 2, Answer.HELD, 11);
		entry(Op.HELD, 1, ADA);
		operation(Action.BOOK, EVE, 13, 14, Answer.SOLD_OUT);

		assertThat(objection()).contains("BOOK eve was answered SOLD_OUT");
	}

	@Test
	void findsAHoldThatEndsTooEarly() {
		hold(ADA, 1, 2, Answer.HELD, 11);
		entry(Op.HELD, 1, ADA);
		entry(Op.EXPIRED, 10, ADA);

		assertThat(objection()).contains("the hold has not expired");
	}

	@Test
	void findsAnOfferThatEndsTooEarly() {
		offered();
		entry(Op.EXPIRED, 24, BOB);

		assertThat(objection()).contains("the hold has not expired");
	}

	@Test
	void findsAWrongPlace() {
		operation(Action.BOOK, ADA, 1, 2, Answer.BOOKED);
		entry(Op.BOOKED, 1, ADA);
		join(BOB, 3, 4, Answer.JOINED, 2, 2);
		entry(Op.JOINED, 3, BOB);

		assertThat(objection()).contains("another place");
	}

	@Test
	void findsAWrongPlaceOfAWaitingUser() {
		operation(Action.BOOK, ADA, 1, 2, Answer.BOOKED);
		entry(Op.BOOKED, 1, ADA);
		join(BOB, 3, 4, Answer.JOINED, 1, 1);
		entry(Op.JOINED, 3, BOB);
		join(BOB, 5, 6, Answer.ALREADY_WAITING, 1, 2);

		assertThat(objection()).contains("JOIN bob was answered ALREADY_WAITING");
	}

	@Test
	void findsAJoinWhileASeatIsFree() {
		join(BOB, 3, 4, Answer.JOINED, 1, 1);
		entry(Op.JOINED, 3, BOB);

		assertThat(objection()).contains("a seat is free");
	}

	@Test
	void findsAnAnswerThatSeatsAreFreeWhileOthersWait() {
		offered();
		operation(Action.JOIN, EVE, 7, 8, Answer.SEATS_FREE);

		assertThat(objection()).contains("JOIN eve was answered SEATS_FREE");
	}

	@Test
	void triesTheOperationsThatChangedTheCapacity() {
		this.capacity = 3;
		this.operations.add(Operation.resize(2, 1, 9, Answer.CHANGED));
		this.operations.add(Operation.resize(3, 1, 9, Answer.CHANGED));
		entry(Op.CAPACITY_CHANGED, 2, null);
		entry(Op.CAPACITY_CHANGED, 3, null);
		stored(List.of(), List.of(), List.of());

		assertThat(objection()).isNull();

		this.capacity = 2;
		stored(List.of(), List.of(), List.of());

		assertThat(objection()).isNull();
	}

	@Test
	void findsAPartlyBookedParty() {
		this.operations.add(Operation.resize(2, 1, 2, Answer.CHANGED));
		entry(Op.CAPACITY_CHANGED, 1, null);
		bookParty(List.of(ADA, BOB), 3, 4, Answer.BOOKED, List.of());
		entry(Op.BOOKED, 3, ADA);

		assertThat(objection()).contains("entry 2 (booked ada): no operation can have made this change");

		entry(Op.BOOKED, 3, BOB);

		assertThat(objection()).isNull();
	}

	/** A user of the party confirms its own hold, so that seat is not free for others. */
	@Test
	void doesNotCountTheExpiredHoldOfAPartyAsAFreeSeat() {
		hold(ADA, 1, 2, Answer.HELD, 11);
		entry(Op.HELD, 1, ADA);
		this.operations.add(new Operation(Action.BOOK_PARTY, List.of(ADA, BOB, EVE), 0, 20, 21, Answer.SOLD_OUT,
				new Details(Map.of(), List.of(), 0, null)));

		assertThat(objection()).isNull();
	}

	@Test
	void needsTheJournal() {
		join(BOB, 3, 4, Answer.JOINED, 1, 1);
		History history = new History(new EventId("e"), 1, SALE, this.operations, this.ledger, 100);

		assertThat(CheckResult.of(history)).isInstanceOf(CheckResult.Undecided.class);
	}

}
