package dev.lastseat.simulation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of an event, which hold in every state that a client can read.
 */
final class Invariants {

	private final EventId event;

	private final EventRepository repository;

	private final Link store;

	private @Nullable String violation;

	/**
	 * @param repository reads the states to check
	 * @param store the same states, as documents
	 */
	Invariants(EventId event, EventRepository repository, Link store) {
		this.event = event;
		this.repository = repository;
		this.store = store;
	}

	/** Checks the current state of the event. */
	void check() {
		if (this.violation == null) {
			Ledger ledger = this.repository.ledger(this.event).block();
			this.violation = (ledger != null) ? violation(ledger) : "the event does not exist";
			if (this.violation == null && !ledger.holds().isEmpty()) {
				this.violation = violation(ledger, nextExpiry());
			}
		}
	}

	private static @Nullable String violation(Ledger ledger) {
		List<UserId> users = ledger.registrations();
		if (ledger.ticketsSold() < 0 || ledger.ticketsSold() + ledger.held() > ledger.capacity()) {
			return "tickets_sold out of bounds: " + ledger;
		}
		if (ledger.ticketsSold() != users.size() || ledger.held() != ledger.holds().size()) {
			return "miscounted: " + ledger;
		}
		if (ledger.holds().stream().map(Hold::user).anyMatch(users::contains)) {
			return "registered and holding: " + ledger;
		}
		return (new HashSet<>(users).size() < users.size()) ? "registered twice: " + ledger : null;
	}

	private @Nullable Instant nextExpiry() {
		BsonDocument found = this.store.send(new BsonDocument("find", new BsonString("events")))
			.block()
			.getDocument("cursor")
			.getArray("firstBatch")
			.get(0)
			.asDocument();
		return found.isDateTime("next_expiry") ? Instant.ofEpochMilli(found.getDateTime("next_expiry").getValue())
				: null;
	}

	private static @Nullable String violation(Ledger ledger, @Nullable Instant nextExpiry) {
		boolean bound = nextExpiry != null
				&& ledger.holds().stream().noneMatch((hold) -> hold.until().isBefore(nextExpiry));
		return bound ? null : "next_expiry is " + nextExpiry + ": " + ledger;
	}

	/**
	 * @return the first violation; null when there is none
	 */
	@Nullable String violation() {
		return this.violation;
	}

}
