package dev.lastseat.history;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history file. There are three kinds: an event with its capacity, an
 * operation, and the stored state. Fields that do not belong to the kind are null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryLine(@Nullable String event, @Nullable Action op, @Nullable String user, @Nullable List<String> users,
		@Nullable Integer capacity, @Nullable SaleLine sale, @Nullable Long invoked, @Nullable Long responded,
		@Nullable Answer answer, @Nullable Map<String, Long> holds, @Nullable List<String> before,
		@Nullable Integer remaining, @Nullable Stored ledger) {

	static HistoryLine begin(History history) {
		return begin(history.event().value(), history.capacity(), SaleLine.of(history.sale()));
	}

	private static HistoryLine begin(@Nullable String event, @Nullable Integer capacity, @Nullable SaleLine sale) {
		return new HistoryLine(event, null, null, null, capacity, sale, null, null, null, null, null, null, null);
	}

	static HistoryLine of(Operation operation) {
		Details details = operation.details();
		return new HistoryLine(null, operation.action(), (operation.user() != null) ? operation.user().value() : null,
				operation.action().isOfParty() ? names(operation.users()) : null,
				(operation.action() == Action.RESIZE) ? operation.capacity() : null, null, operation.invoked(),
				(operation.answer() != Answer.UNKNOWN) ? operation.responded() : null, operation.answer(),
				details.holds().isEmpty() ? null : details.holdsByName(),
				details.before().isEmpty() ? null : names(details.before()), details.remaining(), null);
	}

	static HistoryLine end(History history) {
		return end(Stored.of(history.ledger(), history.readAt()));
	}

	private static HistoryLine end(@Nullable Stored ledger) {
		return new HistoryLine(null, null, null, null, null, null, null, null, null, null, null, null, ledger);
	}

	private static List<String> names(List<UserId> users) {
		return users.stream().map(UserId::value).toList();
	}

	private static List<UserId> users(List<String> names) {
		return names.stream().map(UserId::new).toList();
	}

	boolean isBegin() {
		return this.event != null && this.capacity != null && equals(begin(this.event, this.capacity, this.sale));
	}

	boolean isOperation() {
		return this.op != null && this.invoked != null && this.answer != null && this.event == null && this.sale == null
				&& this.ledger == null;
	}

	boolean isEnd() {
		return this.ledger != null && equals(end(this.ledger));
	}

	EventId toEvent() {
		return new EventId(this.event);
	}

	/**
	 * @throws IllegalArgumentException for an invalid sale
	 */
	Sale toSale() {
		return (this.sale != null) ? this.sale.toSale() : Sale.NONE;
	}

	/**
	 * @throws IllegalArgumentException for an invalid operation
	 */
	Operation toOperation() {
		if (this.op.isOfParty() ? this.user != null : this.users != null) {
			throw new IllegalArgumentException("a party has users, every other operation at most one user");
		}
		List<UserId> subjects = (this.users != null) ? users(this.users)
				: ((this.user != null) ? List.of(new UserId(this.user)) : List.of());
		Map<UserId, Long> ends = new LinkedHashMap<>();
		if (this.holds != null) {
			this.holds.forEach((name, until) -> ends.put(new UserId(name), until));
		}
		return new Operation(this.op, subjects, (this.capacity != null) ? this.capacity : 0, this.invoked,
				(this.responded != null) ? this.responded : Operation.NEVER, this.answer,
				new Details(ends, (this.before != null) ? users(this.before) : List.of(), this.remaining));
	}

	/** The sale in a line. A field is absent when it has no limit. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record SaleLine(@Nullable Long opensAt, @Nullable Long closesAt, @Nullable Long holdLength,
			@Nullable Long tolerance) {

		SaleLine {
			if (holdLength == null || tolerance == null) {
				throw new IllegalArgumentException("a sale has holdLength and tolerance");
			}
		}

		static @Nullable SaleLine of(Sale sale) {
			return sale.equals(Sale.NONE) ? null : new SaleLine((sale.opensAt() != Sale.ALWAYS) ? sale.opensAt() : null,
					(sale.closesAt() != Operation.NEVER) ? sale.closesAt() : null, sale.holdLength(), sale.tolerance());
		}

		Sale toSale() {
			return new Sale((this.opensAt != null) ? this.opensAt : Sale.ALWAYS,
					(this.closesAt != null) ? this.closesAt : Operation.NEVER, this.holdLength, this.tolerance);
		}

	}

	/** The stored state in a line. A line without holds has no {@code holds}. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Stored(@Nullable Integer capacity, @Nullable Integer ticketsSold, @Nullable List<String> registrations,
			@Nullable Integer held, @Nullable Map<String, Instant> holds, @Nullable Long readAt) {

		Stored {
			if (capacity == null || ticketsSold == null || registrations == null) {
				throw new IllegalArgumentException("a ledger has capacity, ticketsSold and registrations");
			}
		}

		static Stored of(Ledger ledger, long readAt) {
			boolean holds = ledger.held() != 0 || !ledger.holds().isEmpty();
			return new Stored(ledger.capacity(), ledger.ticketsSold(), names(ledger.registrations()),
					holds ? ledger.held() : null,
					holds ? ledger.holds()
						.stream()
						.collect(Collectors.toMap((hold) -> hold.user().value(), Hold::until)) : null,
					(readAt != Operation.NEVER) ? readAt : null);
		}

		Ledger toLedger() {
			return new Ledger(this.capacity, this.ticketsSold, (this.held != null) ? this.held : 0,
					users(this.registrations),
					(this.holds == null) ? List.of()
							: this.holds.entrySet()
								.stream()
								.map((hold) -> new Hold(new UserId(hold.getKey()), hold.getValue(), false))
								.toList(),
					List.of());
		}

		long endOfRead() {
			return (this.readAt != null) ? this.readAt : Operation.NEVER;
		}

	}

}
