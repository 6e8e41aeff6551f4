package dev.lastseat.history;

import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * All operations on one event since it was created.
 *
 * @param capacity the capacity at creation, when no user was registered
 * @param operations in any order
 * @param ledger the stored state, read after the last response; null when it is not known
 * @param readAt a moment after the ledger was read; {@link Operation#NEVER} when it is
 * not known
 * @param journal all entries of the journal, read after the ledger; null when it is not
 * known
 */
public record History(EventId event, int capacity, Sale sale, List<Operation> operations, @Nullable Ledger ledger,
		long readAt, @Nullable List<Change> journal) {

	public History {
		operations = List.copyOf(operations);
		journal = (journal != null) ? List.copyOf(journal) : null;
	}

	/** A history without a journal. */
	public History(EventId event, int capacity, Sale sale, List<Operation> operations, @Nullable Ledger ledger,
			long readAt) {
		this(event, capacity, sale, operations, ledger, readAt, null);
	}

	/** A history without a sale window and without holds. */
	public History(EventId event, int capacity, List<Operation> operations, @Nullable Ledger ledger) {
		this(event, capacity, Sale.NONE, operations, ledger, Operation.NEVER);
	}

	/** The history of the same event with other operations. */
	public History with(List<Operation> operations) {
		return new History(this.event, this.capacity, this.sale, operations, this.ledger, this.readAt, this.journal);
	}

	/** The same history with its journal. */
	History withJournal(List<Change> journal) {
		return new History(this.event, this.capacity, this.sale, this.operations, this.ledger, this.readAt, journal);
	}

	/** Whether users join or leave the waiting list. */
	boolean hasWaitingList() {
		return this.operations.stream()
			.anyMatch((operation) -> operation.action() == Action.JOIN || operation.action() == Action.LEAVE);
	}

	/** The answers only. */
	History withoutLedger() {
		return new History(this.event, this.capacity, this.sale, this.operations, null, Operation.NEVER);
	}

	/**
	 * Whether there are neither holds, nor parties, nor a sale window.
	 */
	boolean isPlain() {
		return !this.sale.hasWindow()
				&& (this.ledger == null || (this.ledger.held() == 0 && this.ledger.holds().isEmpty()))
				&& this.operations.stream()
					.allMatch((operation) -> operation.action().isPlain() && operation.answer().isPlain());
	}

}
