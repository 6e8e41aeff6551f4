package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The state of an event that concerns some users: everything that explains why a guarded
 * write did not match, in one small answer. The answer contains ids of other users only
 * if it contains the list of released registrations.
 *
 * @param segment the number of the open segment
 * @param cleanups the number of clean-ups of the list of released registrations; 0 if not
 * read
 * @param registered those of the users that the event document contains
 * @param beingSealed the users among them that are being sealed; empty if not read
 * @param released the keys of sealed registrations that the event lists as released;
 * empty if not read
 * @param sealed the registrations of the users in sealed segments that count, by user
 * @param holds the holds of the users, expired ones included, by user
 * @param expired expired holds of any users: all of them, or as many as the query asked
 * for
 * @param waiting the waiting list
 */
record EventSnapshot(int capacity, int ticketsSold, int held, SaleTerms sale, int segment, int cleanups,
		Set<String> registered, Set<String> beingSealed, Set<Document> released, Map<String, SealedRegistration> sealed,
		Map<String, Hold> holds, List<Hold> expired, WaitingList waiting) {

	private static final String REGISTERED = "registered";

	private static final String BEING_SEALED = "being_sealed";

	private static final String EXPIRED = "expired";

	private static final List<String> COUNTERS = List.of(EventDocument.CAPACITY, EventDocument.TICKETS_SOLD,
			EventDocument.HELD, EventDocument.SEGMENT, EventDocument.SALES_OPEN_AT, EventDocument.SALES_CLOSE_AT,
			EventDocument.HOLD_SECONDS, EventDocument.OFFER_SECONDS);

	/**
	 * Seats that are neither sold nor held. Not negative, even if more seats are taken
	 * than there are. No write of this service leads to such a state.
	 */
	int freeSeats() {
		return Math.max(0, this.capacity - this.ticketsSold - this.held);
	}

	/**
	 * @return the hold of the user, which may be expired; null without a hold
	 */
	@Nullable Hold hold(UserId user) {
		return this.holds.get(user.value());
	}

	boolean registered(UserId user) {
		return this.registered.contains(user.value()) || this.sealed.containsKey(user.value());
	}

	boolean isBeingSealed(UserId user) {
		return this.beingSealed.contains(user.value());
	}

	/**
	 * A copy with registrations in sealed segments.
	 */
	EventSnapshot with(Map<String, SealedRegistration> sealed) {
		return new EventSnapshot(this.capacity, this.ticketsSold, this.held, this.sale, this.segment, this.cleanups,
				this.registered, this.beingSealed, this.released, sealed, this.holds, this.expired, this.waiting);
	}

	/**
	 * The state in which no request of a round is refused, according to what this process
	 * remembers. Users that cancel are registered, users with a remembered hold confirm
	 * it, the waiting list is empty, and there are seats for all others.
	 */
	static EventSnapshot assumed(List<Request> requests, HoldMemory memory) {
		Set<String> registered = new HashSet<>();
		Map<String, Hold> holds = new HashMap<>();
		for (Request request : requests) {
			for (UserId user : request.users()) {
				if (request instanceof Request.Cancellation) {
					registered.add(user.value());
					continue;
				}
				Hold hold = memory.hold(user);
				if (hold != null) {
					holds.put(user.value(), hold);
				}
			}
		}
		SaleTerms terms = memory.terms();
		SaleTerms open = new SaleTerms(null, null, (terms != null) ? terms.holdSeconds() : null);
		return new EventSnapshot(EventDraft.MAX_CAPACITY, 0, 0, open, 0, 0, registered, Set.of(), Set.of(), Map.of(),
				holds, List.of(), WaitingList.EMPTY);
	}

	/**
	 * The aggregation that reads the state. User ids are literals: the server would read
	 * a bare {@code $...} in an expression as a field path.
	 * @param now holds that end until now are expired
	 * @param withHolds whether to read the holds of the users and expired holds; they
	 * take most of the time of the read
	 * @param withReleased whether to read the list of released registrations
	 */
	static List<Bson> query(ObjectId event, Question question, Instant now, boolean withHolds, boolean withReleased) {
		List<String> ids = question.userIds();
		List<Bson> fields = new ArrayList<>(List.of(Projections.excludeId(), Projections.include(COUNTERS),
				Projections.computed(REGISTERED, (ids.size() == 1) ? registeredOne(ids.get(0)) : registeredOf(ids)),
				WaitingList.fields(offerable(question, now), question.asking())));
		if (withHolds) {
			fields.add(Projections.include(ids.stream().map(HoldFields::path).toList()));
			fields.add(Projections.computed(EXPIRED, HoldFields.expired(now, question.maxExpired())));
		}
		if (question.ofRegistered()) {
			fields.add(Projections.include(EventDocument.CLEANUPS));
			fields.add(Projections.computed(BEING_SEALED, new Document("$setIntersection",
					List.of(new Document("$literal", ids), EventDocument.SEALING_OR_EMPTY))));
		}
		if (withReleased) {
			fields.add(Projections.include(EventDocument.RELEASED));
		}
		// The driver would encode the last stage twice: first to see whether it writes.
		return List.of(Aggregates.match(EventDocument.existing(event)),
				Aggregates.project(Projections.fields(fields)).toBsonDocument());
	}

	/** Whether the event may have a seat to offer, or the round gives one back. */
	private static Document offerable(Question question, Instant now) {
		if (question.givesBack()) {
			return RoundGuards.literal(true);
		}
		return new Document("$or", List.of(HoldFields.mayBeExpired(now),
				new Document("$lt", List.of(EventDocument.TAKEN_SEATS, "$" + EventDocument.CAPACITY))));
	}

	/** For one user a search costs less than the intersection of two sets. */
	private static Document registeredOne(String user) {
		Document found = new Document("$in", List.of(new Document("$literal", user), EventDocument.USERS_IN_DOCUMENT));
		return new Document("$cond", List.of(found, new Document("$literal", List.of(user)), List.of()));
	}

	private static Document registeredOf(List<String> users) {
		return new Document("$setIntersection",
				List.of(new Document("$literal", users), EventDocument.USERS_IN_DOCUMENT));
	}

	/**
	 * @param question that the answer is for
	 */
	static EventSnapshot of(Document answer, Question question) {
		return new EventSnapshot(EventDocument.number(answer, EventDocument.CAPACITY).intValue(),
				EventDocument.number(answer, EventDocument.TICKETS_SOLD).intValue(),
				EventDocument.count(answer, EventDocument.HELD), EventDocument.toSaleTerms(answer),
				EventDocument.count(answer, EventDocument.SEGMENT), EventDocument.count(answer, EventDocument.CLEANUPS),
				new HashSet<>(answer.getList(REGISTERED, String.class)),
				new HashSet<>(EventDocument.list(answer, BEING_SEALED, String.class)),
				new HashSet<>(EventDocument.list(answer, EventDocument.RELEASED, Document.class)), Map.of(),
				HoldFields.list(answer.get(EventDocument.HOLDS, Document.class))
					.stream()
					.collect(Collectors.toMap((hold) -> hold.user().value(), Function.identity())),
				HoldFields.ofArray(EventDocument.list(answer, EXPIRED, Document.class)),
				WaitingList.of(answer, question.asking()));
	}

	/**
	 * What a round needs to know about an event.
	 *
	 * @param users that the round concerns
	 * @param asking users whose positions in the waiting list are needed
	 * @param ofRegistered whether a write may rely on the registration of a user
	 * @param givesBack whether the round gives seats back, which may be offered
	 */
	record Question(List<UserId> users, List<String> asking, boolean ofRegistered, boolean givesBack) {

		/** What a round of these requests needs. */
		static Question of(List<Request> requests) {
			return new Question(users(requests), waiting(requests),
					requests.stream().anyMatch(Question::needsRegistration),
					requests.stream().anyMatch(Question::givesBack));
		}

		/** Only whether the users are registered, and their holds. */
		static Question of(Collection<UserId> users) {
			return new Question(List.copyOf(users), List.of(), false, false);
		}

		/** The users of the requests, in their order. */
		static List<UserId> users(List<Request> requests) {
			return requests.stream().flatMap((request) -> request.users().stream()).toList();
		}

		private static List<String> waiting(List<Request> requests) {
			return requests.stream()
				.filter((request) -> request instanceof Request.Joining || request instanceof Request.Leaving)
				.flatMap((request) -> request.users().stream())
				.map(UserId::value)
				.toList();
		}

		private static boolean needsRegistration(Request request) {
			return request instanceof Request.Cancellation || request instanceof Request.PartyBooking;
		}

		private static boolean givesBack(Request request) {
			return request instanceof Request.Cancellation || request instanceof Request.HoldRelease;
		}

		List<String> userIds() {
			return this.users.stream().map(UserId::value).toList();
		}

		/** A round without users reads as many as it can make offers of. */
		int maxExpired() {
			return this.users.isEmpty() ? WaitingList.MAX_OFFERS : 2 * this.users.size();
		}

	}

}
