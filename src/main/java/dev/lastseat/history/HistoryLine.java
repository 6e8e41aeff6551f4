package dev.lastseat.history;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history file. There are four kinds: an event with its capacity, an
 * operation, the stored state, and an entry of the journal. Fields that do not belong to
 * the kind are null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryLine(@Nullable String event, @Nullable Action op, @Nullable String user, @Nullable List<String> users,
		@Nullable Integer capacity, @Nullable SaleLine sale, @Nullable Long invoked, @Nullable Long responded,
		@Nullable Answer answer, @Nullable Map<String, Long> holds, @Nullable List<String> before,
		@Nullable Integer remaining, @Nullable Integer position, @Nullable Integer length, @Nullable Stored ledger,
		JournalEntry.@Nullable Op change, @Nullable Long at, @Nullable Boolean journal) {

	static HistoryLine begin(History history) {
		return begin(history.event().value(), history.capacity(), SaleLine.of(history.sale()));
	}

	private static HistoryLine begin(@Nullable String event, @Nullable Integer capacity, @Nullable SaleLine sale) {
		return new HistoryLine(event, null, null, null, capacity, sale, null, null, null, null, null, null, null, null,
				null, null, null, null);
	}

	static HistoryLine of(Operation operation) {
		Details details = operation.details();
		return new HistoryLine(null, operation.action(), (operation.user() != null) ? operation.user().value() : null,
				operation.action().isOfParty() ? names(operation.users()) : null,
				(operation.action() == Action.RESIZE) ? operation.capacity() : null, null, operation.invoked(),
				(operation.answer() != Answer.UNKNOWN) ? operation.responded() : null, operation.answer(),
				details.holds().isEmpty() ? null : details.holdsByName(),
				details.before().isEmpty() ? null : names(details.before()), details.remaining(),
				(details.place() != null) ? details.place().position() : null,
				(details.place() != null) ? details.place().length() : null, null, null, null, null);
	}

	static HistoryLine end(History history) {
		return end(Stored.of(history.ledger(), history.readAt()), history.journal() != null);
	}

	static HistoryLine of(Change change) {
		return new HistoryLine(null, null, (change.user() != null) ? change.user().value() : null, null, null, null,
				null, null, null, null, null, null, null, null, null, change.op(), change.at(), null);
	}

	private static HistoryLine end(@Nullable Stored ledger, boolean journal) {
		return new HistoryLine(null, null, null, null, null, null, null, null, null, null, null, null, null, null,
				ledger, null, null, journal ? true : null);
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
				&& this.ledger == null && this.change == null && this.journal == null
				&& (this.position == null) == (this.length == null);
	}

	boolean isEnd() {
		return this.ledger != null && equals(end(this.ledger, hasJournal()));
	}

	/** Whether the lines of a journal follow this line of the stored state. */
	boolean hasJournal() {
		return Boolean.TRUE.equals(this.journal);
	}

	boolean isChange() {
		return this.change != null && this.at != null && equals(of(toChange(0)));
	}

	/**
	 * @param seq its position
	 */
	Change toChange(long seq) {
		return new Change(seq, this.change, this.at, (this.user != null) ? new UserId(this.user) : null);
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
				new Details(ends, (this.before != null) ? users(this.before) : List.of(), this.remaining, place()));
	}

	private @Nullable WaitingPlace place() {
		return (this.position != null && this.length != null) ? new WaitingPlace(this.position, this.length) : null;
	}

	/** The sale in a line. A field is absent when it has no limit. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record SaleLine(@Nullable Long opensAt, @Nullable Long closesAt, @Nullable Long holdLength,
			@Nullable Long offerLength, @Nullable Long tolerance) {

		SaleLine {
			if (holdLength == null || tolerance == null) {
				throw new IllegalArgumentException("a sale has holdLength and tolerance");
			}
		}

		static @Nullable SaleLine of(Sale sale) {
			return sale.equals(Sale.NONE) ? null
					: new SaleLine((sale.opensAt() != Sale.ALWAYS) ? sale.opensAt() : null,
							(sale.closesAt() != Operation.NEVER) ? sale.closesAt() : null, sale.holdLength(),
							(sale.offerLength() != 0) ? sale.offerLength() : null, sale.tolerance());
		}

		Sale toSale() {
			return new Sale((this.opensAt != null) ? this.opensAt : Sale.ALWAYS,
					(this.closesAt != null) ? this.closesAt : Operation.NEVER, this.holdLength,
					(this.offerLength != null) ? this.offerLength : 0, this.tolerance);
		}

	}

	/** The stored state in a line. A line without holds has no {@code holds}. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Stored(@Nullable Integer capacity, @Nullable Integer ticketsSold, @Nullable List<String> registrations,
			@Nullable Integer held, @Nullable Map<String, Instant> holds, @Nullable List<String> offers,
			@Nullable List<String> waiting, @Nullable Long readAt) {

		Stored {
			if (capacity == null || ticketsSold == null || registrations == null) {
				throw new IllegalArgumentException("a ledger has capacity, ticketsSold and registrations");
			}
		}

		static Stored of(Ledger ledger, long readAt) {
			List<String> offers = names(ledger.holds().stream().filter(Hold::offer).map(Hold::user).toList());
			boolean holds = ledger.held() != 0 || !ledger.holds().isEmpty();
			return new Stored(ledger.capacity(), ledger.ticketsSold(), names(ledger.registrations()),
					holds ? ledger.held() : null,
					holds ? ledger.holds()
						.stream()
						.collect(Collectors.toMap((hold) -> hold.user().value(), Hold::until)) : null,
					offers.isEmpty() ? null : offers, ledger.waiting().isEmpty() ? null : names(ledger.waiting()),
					(readAt != Operation.NEVER) ? readAt : null);
		}

		Ledger toLedger() {
			return new Ledger(this.capacity, this.ticketsSold, (this.held != null) ? this.held : 0,
					users(this.registrations),
					(this.holds == null) ? List.of()
							: this.holds.entrySet()
								.stream()
								.map((hold) -> new Hold(new UserId(hold.getKey()), hold.getValue(),
										this.offers != null && this.offers.contains(hold.getKey())))
								.toList(),
					(this.waiting != null) ? users(this.waiting) : List.of());
		}

		long endOfRead() {
			return (this.readAt != null) ? this.readAt : Operation.NEVER;
		}

	}

}
