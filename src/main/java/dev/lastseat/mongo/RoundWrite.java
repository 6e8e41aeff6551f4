package dev.lastseat.mongo;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * The changes of one round, or of a part of it: one {@code updateOne} whose
 * {@linkplain RoundGuards filter} contains the guards of everything that its
 * {@linkplain RoundUpdate update} changes.
 *
 * @param event the event
 * @param now the time of the guards of the sale window
 * @param segment the number of the open segment for which the caller has found that no
 * user to book or to get a hold is registered in a sealed segment. The filter cannot see
 * that; it guards everything else
 * @param registered users to register, in this order
 * @param confirmations those of them that confirm their hold; the others take a free seat
 * @param newHolds holds that take a free seat
 * @param terms the terms by which the ends of the new holds and offers were computed
 * @param renewals new holds of users whose hold is expired
 * @param endedHolds holds that are given back or are expired, as they were read
 * @param cancellations users of the open segment to remove
 * @param sealedCancellations sealed registrations to release. They were read after the
 * event and were not released
 * @param kept what the outcomes of the write rely on although it does not change
 * @param cleanups the number of clean-ups of the event, read before
 * {@code sealedCancellations} and the kept sealed registrations. While this number is the
 * same, no registration has left the list of released ones. So a registration that is not
 * in the list was not released since then
 * @param withoutHolds whether the event is expected to have no holds: then one guard
 * serves all users
 * @param waiting the changes of the waiting list
 * @param journal the entries of the changes, in their order
 * @param settings limits of the event
 */
record RoundWrite(ObjectId event, Instant now, int segment, List<String> registered, List<String> confirmations,
		List<Hold> newHolds, SaleTerms terms, List<Renewal> renewals, List<Hold> endedHolds, List<String> cancellations,
		List<SealedRegistration> sealedCancellations, Kept kept, int cleanups, boolean withoutHolds, Waiting waiting,
		List<JournalLine> journal, SaleSettings settings) {

	/**
	 * Whether it both adds to the array of users and removes from it. Update operators
	 * cannot change a field twice, so this needs a pipeline, which the embedded engine
	 * does not support.
	 */
	boolean isMixed() {
		return !this.cancellations.isEmpty() && registrations() > 0;
	}

	/**
	 * The cancellations only. No user waits when a write is mixed, but users may join.
	 */
	RoundWrite onlyCancellations() {
		return new RoundWrite(this.event, this.now, this.segment, List.of(), List.of(), List.of(), this.terms,
				List.of(), List.of(), this.cancellations, this.sealedCancellations, Kept.NOTHING, this.cleanups, false,
				this.waiting.withoutChanges(), journal(true), this.settings);
	}

	/** The same write without the cancellations. */
	RoundWrite withoutCancellations() {
		return new RoundWrite(this.event, this.now, this.segment, this.registered, this.confirmations, this.newHolds,
				this.terms, this.renewals, this.endedHolds, List.of(), List.of(), this.kept, this.cleanups,
				this.withoutHolds, this.waiting, journal(false), this.settings);
	}

	private List<JournalLine> journal(boolean ofCancellations) {
		return this.journal.stream().filter((line) -> (line.op() == Op.RELEASED) == ofCancellations).toList();
	}

	/**
	 * Sends the write, once for each subscription.
	 * @return whether the filter matched. If so, everything was changed; otherwise
	 * nothing
	 */
	Mono<Boolean> send(MongoCollection<Document> events) {
		RoundUpdate update = new RoundUpdate(this);
		Document filter = new RoundGuards(this).filter();
		return StorageErrors.write(Mono.defer(() -> Mono.from(isMixed() ? events.updateOne(filter, update.pipeline())
				: events.updateOne(filter, update.operators()))))
			.map((result) -> result.getMatchedCount() == 1);
	}

	/** The texts of the entries to store. */
	List<String> journalTexts() {
		return this.settings.journal(this.journal, this.now);
	}

	/** Number of entries to store. */
	int journalEntries() {
		return this.settings.journal() ? this.journal.size() : 0;
	}

	/** Sealed registrations that must not be released before the write. */
	List<SealedRegistration> unreleased() {
		return this.kept.sealed().isEmpty() ? this.sealedCancellations
				: Stream.concat(this.sealedCancellations.stream(), this.kept.sealed().stream()).toList();
	}

	/** The users that take a free seat. */
	List<String> takers() {
		return this.newHolds.isEmpty() ? bookings()
				: Stream.concat(bookings().stream(), this.newHolds.stream().map((hold) -> hold.user().value()))
					.toList();
	}

	private List<String> bookings() {
		if (this.confirmations.isEmpty()) {
			return this.registered;
		}
		Set<String> confirming = new HashSet<>(this.confirmations);
		return this.registered.stream().filter((user) -> !confirming.contains(user)).toList();
	}

	/** Number of users that are registered by this write. */
	int registrations() {
		return this.registered.size();
	}

	/** Change of the number of tickets sold. */
	int sold() {
		return registrations() - this.cancellations.size() - this.sealedCancellations.size();
	}

	/** Change of the number of holds. */
	int held() {
		return this.newHolds.size() + this.waiting.offers().size() - this.confirmations.size() - this.endedHolds.size();
	}

	/** Whether the write takes a free seat for a user, or gives a seat back. */
	boolean changesSeats() {
		return !this.cancellations.isEmpty() || !this.sealedCancellations.isEmpty() || !this.endedHolds.isEmpty()
				|| !this.renewals.isEmpty() || !takers().isEmpty();
	}

	/**
	 * A new hold in place of an expired one of the same user.
	 *
	 * @param expired as it was read
	 */
	record Renewal(Hold expired, Hold renewed) {

	}

	/**
	 * Changes of the waiting list. A write that shortens the list does not extend it:
	 * update operators cannot change a field twice.
	 *
	 * @param before the list as it was read, or an empty one if no user is expected to
	 * wait
	 * @param offers to the first users that do not leave
	 * @param seatsLeft whether the write leaves free seats
	 */
	record Waiting(WaitingList before, List<Hold> offers, List<UserId> joined, List<UserId> left, boolean seatsLeft) {

		/** The same list, without a change. */
		Waiting withoutChanges() {
			return new Waiting(this.before, List.of(), List.of(), List.of(), this.seatsLeft);
		}

		/** Whether the list keeps its users and gets no others. */
		boolean isUnchanged() {
			return this.offers.isEmpty() && this.joined.isEmpty() && this.left.isEmpty();
		}

		/** The users that the write adds to the list. */
		List<String> added() {
			return this.joined.stream().map(UserId::value).toList();
		}

		/** Change of the length. */
		int growth() {
			return this.joined.size() - removed().size();
		}

		/** The users that the write removes from the list. */
		List<String> removed() {
			return Stream.concat(this.left.stream(), this.offers.stream().map(Hold::user)).map(UserId::value).toList();
		}

		/** The beginning of the list up to the last user with an offer. */
		List<UserId> offeredPrefix() {
			return this.offers.isEmpty() ? List.of() : this.before.first()
				.subList(0, this.before.first().indexOf(this.offers.get(this.offers.size() - 1).user()) + 1);
		}

		/**
		 * Whether free seats are left although users wait: there are more than one write
		 * can offer, or too many holds. The next sweep offers them if it can.
		 */
		boolean leavesOffers() {
			return this.seatsLeft && !isEmptied();
		}

		/** Whether no user of the list as it was read stays in it. */
		boolean isEmptied() {
			return removed().size() == this.before.length();
		}

	}

	/**
	 * Registrations and holds of a party that existed before the write.
	 *
	 * @param registrations users that the event document contains
	 * @param sealed registrations in sealed segments
	 * @param holds as they were read
	 */
	record Kept(List<String> registrations, List<SealedRegistration> sealed, List<Hold> holds) {

		static final Kept NOTHING = new Kept(List.of(), List.of(), List.of());

	}

}
