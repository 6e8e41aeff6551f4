package dev.lastseat.history;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history file. There are three kinds: an event with its capacity, an
 * operation, and the stored state. Fields that do not belong to the kind are null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryLine(@Nullable String event, @Nullable Action op, @Nullable String user, @Nullable Integer capacity,
		@Nullable Long invoked, @Nullable Long responded, @Nullable Answer answer, @Nullable Stored ledger) {

	static HistoryLine begin(History history) {
		return new HistoryLine(history.event().value(), null, null, history.capacity(), null, null, null, null);
	}

	static HistoryLine of(Operation operation) {
		return new HistoryLine(null, operation.action(), (operation.user() != null) ? operation.user().value() : null,
				(operation.action() == Action.RESIZE) ? operation.capacity() : null, operation.invoked(),
				(operation.answer() != Answer.UNKNOWN) ? operation.responded() : null, operation.answer(), null);
	}

	static HistoryLine end(Ledger ledger) {
		return new HistoryLine(null, null, null, null, null, null, null, new Stored(ledger.capacity(),
				ledger.ticketsSold(), ledger.registrations().stream().map(UserId::value).toList()));
	}

	boolean isBegin() {
		return this.event != null && this.capacity != null
				&& equals(new HistoryLine(this.event, null, null, this.capacity, null, null, null, null));
	}

	boolean isOperation() {
		return this.op != null && this.invoked != null && this.answer != null && this.event == null
				&& this.ledger == null;
	}

	boolean isEnd() {
		return this.ledger != null && equals(new HistoryLine(null, null, null, null, null, null, null, this.ledger));
	}

	EventId toEvent() {
		return new EventId(this.event);
	}

	/**
	 * @throws IllegalArgumentException for an invalid operation
	 */
	Operation toOperation() {
		return new Operation(this.op, (this.user != null) ? new UserId(this.user) : null,
				(this.capacity != null) ? this.capacity : 0, this.invoked,
				(this.responded != null) ? this.responded : Operation.NEVER, this.answer);
	}

	/** The stored state in a line. */
	record Stored(@Nullable Integer capacity, @Nullable Integer ticketsSold, @Nullable List<String> registrations) {

		Stored {
			if (capacity == null || ticketsSold == null || registrations == null) {
				throw new IllegalArgumentException("a ledger has capacity, ticketsSold and registrations");
			}
		}

		Ledger toLedger() {
			return new Ledger(this.capacity, this.ticketsSold, 0, this.registrations.stream().map(UserId::new).toList(),
					List.of());
		}

	}

}
