package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.RoundWrite.Waiting;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;

import static dev.lastseat.mongo.EventDocument.ABSENT;
import static dev.lastseat.mongo.EventDocument.CAPACITY;
import static dev.lastseat.mongo.EventDocument.CLEANUPS;
import static dev.lastseat.mongo.EventDocument.HELD;
import static dev.lastseat.mongo.EventDocument.HOLD_SECONDS;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.OFFER_SECONDS;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.SALES_CLOSE_AT;
import static dev.lastseat.mongo.EventDocument.SALES_OPEN_AT;
import static dev.lastseat.mongo.EventDocument.SEALING;
import static dev.lastseat.mongo.EventDocument.SEGMENT;
import static dev.lastseat.mongo.EventDocument.TICKETS_SOLD;
import static dev.lastseat.mongo.EventDocument.WAITING;
import static dev.lastseat.mongo.EventDocument.waitingAt;

/**
 * The filter of a {@link RoundWrite}. It matches if every change of the write is allowed.
 */
final class RoundGuards {

	private final RoundWrite write;

	private final Document filter;

	private final List<Document> expressions = new ArrayList<>();

	RoundGuards(RoundWrite write) {
		this.write = write;
		this.filter = write.unreleased().isEmpty() ? new Document(ID, write.event())
				: EventDocument.existing(write.event());
	}

	Document filter() {
		List<String> takers = this.write.takers();
		List<String> joined = this.write.waiting().added();
		if (!takers.isEmpty() || !joined.isEmpty()) {
			List<String> newcomers = Stream.concat(takers.stream(), joined.stream()).toList();
			requireUnregistered(newcomers);
			requireWithoutHold(newcomers);
		}
		if (!takers.isEmpty() || !this.write.waiting().offers().isEmpty()) {
			requireFreeSeats();
		}
		if (!takers.isEmpty() || !this.write.renewals().isEmpty()) {
			requireOpenSale();
		}
		requireTerms();
		requireWaitingList();
		requireJoinable(joined);
		requireHolds();
		requireRegistrations();
		if (!this.expressions.isEmpty()) {
			this.filter.append("$expr",
					(this.expressions.size() == 1) ? this.expressions.get(0) : new Document("$and", this.expressions));
		}
		return this.filter;
	}

	private void requireUnregistered(List<String> users) {
		this.filter.append(SEGMENT, EventDocument.equalTo(this.write.segment()))
			.append(SEALING, noneOf(users))
			.append(REGISTRATION_IDS, noneOf(users));
	}

	private void requireWithoutHold(List<String> users) {
		if (this.write.withoutHolds()) {
			this.filter.append(HELD, EventDocument.equalTo(0));
			return;
		}
		users.forEach((user) -> this.filter.append(HoldFields.path(user), ABSENT));
	}

	private void requireHoldLimit() {
		int added = this.write.held();
		if (added > 0 && !this.write.withoutHolds()) {
			this.filter.append(HELD, not("$gt", this.write.settings().maxHolds() - added));
		}
	}

	/** The seats that the write takes, minus those that it frees, must be free. */
	private void requireFreeSeats() {
		requireHoldLimit();
		int seats = this.write.sold() + this.write.held();
		List<Object> taken = new ArrayList<>(List.of("$" + TICKETS_SOLD));
		if (!this.write.withoutHolds()) {
			taken.add(EventDocument.HELD_OR_ZERO);
		}
		boolean one = seats == 1;
		if (!one) {
			taken.add(seats);
		}
		Object sum = (taken.size() == 1) ? taken.get(0) : new Document("$add", taken);
		this.expressions.add(new Document(one ? "$lt" : "$lte", List.of(sum, "$" + CAPACITY)));
	}

	/** An absent or null beginning or end matches as well. */
	private void requireOpenSale() {
		Date now = Date.from(this.write.now());
		this.filter.append(SALES_OPEN_AT, not("$gt", now)).append(SALES_CLOSE_AT, not("$lte", now));
	}

	private void requireTerms() {
		SaleTerms terms = this.write.terms();
		if (!this.write.newHolds().isEmpty() || !this.write.renewals().isEmpty()) {
			this.filter.append(HOLD_SECONDS, terms.holdSeconds());
		}
		if (!this.write.waiting().offers().isEmpty()) {
			this.filter.append(OFFER_SECONDS, terms.offerSeconds());
		}
	}

	/**
	 * A free seat goes to the first user of the list. So a write that takes or frees a
	 * seat relies on the users that get offers being the first, or on an empty list. If
	 * all that wait get offers, no other user may have joined: there may be a seat for
	 * that user.
	 */
	private void requireWaitingList() {
		Waiting waiting = this.write.waiting();
		List<UserId> first = waiting.offeredPrefix();
		for (int i = 0; i < first.size(); i++) {
			this.filter.append(waitingAt(i), first.get(i).value());
		}
		if (waiting.isEmptied() && (this.write.changesSeats() || !waiting.offers().isEmpty())) {
			this.filter.append(waitingAt(waiting.before().length()), ABSENT);
		}
		if (!waiting.left().isEmpty()) {
			this.filter.append(WAITING, new Document("$all", waiting.left().stream().map(UserId::value).toList()));
		}
	}

	/**
	 * Users join behind those that were read, while no seat is free for them.
	 */
	private void requireJoinable(List<String> joined) {
		if (joined.isEmpty()) {
			return;
		}
		int length = this.write.waiting().before().length();
		this.filter.append(WAITING, noneOf(joined)).append(waitingAt(length), ABSENT);
		if (length > 0) {
			this.filter.append(waitingAt(length - 1), new Document("$exists", true));
		}
		else {
			this.expressions.add(new Document("$gte", List.of(EventDocument.TAKEN_SEATS, "$" + CAPACITY)));
		}
		this.filter.append(SALES_CLOSE_AT, not("$lte", Date.from(this.write.now())));
	}

	private void requireHolds() {
		this.write.confirmations()
			.forEach((user) -> this.filter.append(HoldFields.path(user), new Document("$exists", true)));
		this.write.endedHolds().forEach(this::requireHold);
		this.write.renewals().forEach((renewal) -> requireHold(renewal.expired()));
		this.write.kept().holds().forEach(this::requireHold);
	}

	/** The hold that was read, not a later one of the same user. */
	private void requireHold(Hold hold) {
		this.filter.append(HoldFields.untilPath(hold.user().value()), Date.from(hold.until()));
	}

	/**
	 * Several users to cancel are checked by an expression: for a filter on the array the
	 * server would consider the index of the array, once for each user.
	 */
	private void requireRegistrations() {
		List<String> cancelled = this.write.cancellations();
		if (cancelled.size() == 1 && this.write.takers().isEmpty()) {
			this.filter.append(REGISTRATION_IDS, cancelled.get(0));
		}
		else if (!cancelled.isEmpty()) {
			requireUsers(cancelled, new Document("$ifNull", List.of("$" + REGISTRATION_IDS, List.of())));
		}
		List<String> kept = this.write.kept().registrations();
		if (!kept.isEmpty()) {
			requireUsers(kept, new Document("$ifNull", List.of(EventDocument.USERS_IN_DOCUMENT, List.of())));
		}
		if (!this.write.unreleased().isEmpty()) {
			List<Document> keys = this.write.unreleased().stream().map(SealedRegistration::key).toList();
			this.filter.append(CLEANUPS, EventDocument.equalTo(this.write.cleanups())).append(RELEASED, noneOf(keys));
		}
	}

	private void requireUsers(List<String> users, Document array) {
		Document missing = new Document("$setDifference", List.of(literal(users), array));
		this.expressions.add(new Document("$eq", List.of(new Document("$size", missing), 0)));
	}

	private static Document noneOf(List<?> values) {
		return (values.size() == 1) ? new Document("$ne", values.get(0)) : new Document("$nin", values);
	}

	private static Document not(String operator, Object value) {
		return new Document("$not", new Document(operator, value));
	}

	/** Keeps the server from reading a user id as a field path or an operator. */
	static Document literal(Object data) {
		return new Document("$literal", data);
	}

}
