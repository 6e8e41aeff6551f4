package dev.lastseat.simulation;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.JournalReplay;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of an event, which hold in every state that a client can read.
 */
final class Invariants {

	private final EventId event;

	private final EventRepository repository;

	private final Link store;

	private final Clock clock;

	private List<JournalEntry> journal = List.of();

	private @Nullable String violation;

	/**
	 * @param repository reads the states to check
	 * @param store the same states, as documents
	 * @param clock the clock of which those of the processes differ
	 */
	Invariants(EventId event, EventRepository repository, Link store, Clock clock) {
		this.event = event;
		this.repository = repository;
		this.store = store;
		this.clock = clock;
	}

	/** Checks the current state of the event. */
	void check() {
		if (this.violation == null) {
			Ledger ledger = this.repository.ledger(this.event).block();
			this.violation = (ledger != null) ? violation(ledger) : "the event does not exist";
			if (this.violation == null && (!ledger.holds().isEmpty() || !ledger.waiting().isEmpty())) {
				this.violation = violation(ledger, stored());
			}
			if (this.violation == null) {
				this.violation = violationOfJournal(ledger);
			}
		}
	}

	/** Entries are only added. */
	private @Nullable String violationOfJournal(Ledger ledger) {
		List<JournalEntry> before = this.journal;
		List<JournalEntry> next;
		try {
			next = JournalReplay.read(this.repository, this.event).block();
		}
		catch (IllegalStateException ex) {
			return ex.getMessage();
		}
		this.journal = next;
		boolean continued = next.size() >= before.size() && next.subList(0, before.size()).equals(before);
		return continued ? JournalReplay.violation(next, ledger)
				: "the journal has changed from " + before + " to " + next;
	}

	/** The journal at the last check. */
	List<JournalEntry> journal() {
		return this.journal;
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
		Set<UserId> waiting = new HashSet<>(ledger.waiting());
		if (waiting.size() < ledger.waiting().size() || !Collections.disjoint(waiting, users)
				|| ledger.holds().stream().map(Hold::user).anyMatch(waiting::contains)) {
			return "waiting twice, or registered or holding as well: " + ledger;
		}
		return (new HashSet<>(users).size() < users.size()) ? "registered twice: " + ledger : null;
	}

	private BsonDocument stored() {
		return this.store.send(new BsonDocument("find", new BsonString("events")))
			.block()
			.getDocument("cursor")
			.getArray("firstBatch")
			.get(0)
			.asDocument();
	}

	/**
	 * A seat that a higher capacity has added is free until it is offered. Until then
	 * {@code next_expiry} is a time of the past, so that a sweep finds the event.
	 */
	private @Nullable String violation(Ledger ledger, BsonDocument stored) {
		Instant nextExpiry = stored.isDateTime("next_expiry")
				? Instant.ofEpochMilli(stored.getDateTime("next_expiry").getValue()) : Instant.MAX;
		if (ledger.holds().stream().anyMatch((hold) -> hold.until().isBefore(nextExpiry))) {
			return "next_expiry is " + nextExpiry + ": " + ledger;
		}
		if (stored.getInt32("waiting_count", new BsonInt32(0)).getValue() != ledger.waiting().size()) {
			return "the waiting list is miscounted: " + ledger;
		}
		boolean free = ledger.ticketsSold() + ledger.held() < ledger.capacity();
		return (free && !ledger.waiting().isEmpty()
				&& nextExpiry.isAfter(this.clock.instant().plus(SalePlan.TOLERANCE)))
						? "a seat is free while users wait: " + ledger : null;
	}

	/**
	 * @return the first violation; null when there is none
	 */
	@Nullable String violation() {
		return this.violation;
	}

}
