package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.mongodb.client.model.Updates;
import dev.lastseat.booking.Hold;
import dev.lastseat.mongo.RoundWrite.Renewal;
import dev.lastseat.mongo.RoundWrite.Waiting;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;
import org.bson.conversions.Bson;

import static dev.lastseat.mongo.EventDocument.HELD;
import static dev.lastseat.mongo.EventDocument.JOURNAL;
import static dev.lastseat.mongo.EventDocument.NEXT_EXPIRY;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.REVISION;
import static dev.lastseat.mongo.EventDocument.TICKETS_SOLD;
import static dev.lastseat.mongo.EventDocument.WAITING;
import static dev.lastseat.mongo.EventDocument.WAITING_COUNT;
import static dev.lastseat.mongo.RoundGuards.literal;

/**
 * The update of a {@link RoundWrite}, in two forms that make the same changes.
 */
final class RoundUpdate {

	private final RoundWrite write;

	RoundUpdate(RoundWrite write) {
		this.write = write;
	}

	/** For a write that does not both add users to the array and remove some. */
	Bson operators() {
		List<Bson> updates = new ArrayList<>(List.of(Updates.inc(REVISION, 1L)));
		if (this.write.sold() != 0) {
			updates.add(Updates.inc(TICKETS_SOLD, this.write.sold()));
		}
		if (this.write.held() != 0) {
			updates.add(Updates.inc(HELD, this.write.held()));
		}
		addRegistrations(updates);
		addCancellations(updates);
		setHolds().forEach((hold) -> updates.add(Updates.set(path(hold), HoldFields.value(hold))));
		unsetHolds().forEach((path) -> updates.add(Updates.unset(path)));
		firstExpiry().ifPresent((first) -> updates.add(Updates.min(NEXT_EXPIRY, first)));
		changeWaitingList(updates);
		JournalLine.push(this.write.journalTexts()).ifPresent(updates::add);
		return Updates.combine(updates);
	}

	private void addRegistrations(List<Bson> updates) {
		List<String> registered = this.write.registered();
		if (registered.size() == 1) {
			updates.add(Updates.addToSet(REGISTRATION_IDS, registered.get(0)));
		}
		else if (!registered.isEmpty()) {
			// The filter guarantees that none of them is in the array.
			updates.add(Updates.pushEach(REGISTRATION_IDS, registered));
		}
	}

	private void addCancellations(List<Bson> updates) {
		List<String> cancelled = this.write.cancellations();
		if (cancelled.size() == 1) {
			updates.add(Updates.pull(REGISTRATION_IDS, cancelled.get(0)));
		}
		else if (!cancelled.isEmpty()) {
			updates.add(Updates.pullAll(REGISTRATION_IDS, cancelled));
		}
		if (!this.write.sealedCancellations().isEmpty()) {
			updates.add(Updates.pushEach(RELEASED, releasedKeys()));
		}
	}

	private void changeWaitingList(List<Bson> updates) {
		Waiting waiting = this.write.waiting();
		if (waiting.isUnchanged()) {
			return;
		}
		updates.add(Updates.inc(WAITING_COUNT, waiting.growth()));
		updates.add(waiting.joined().isEmpty() ? Updates.pullAll(WAITING, waiting.removed())
				: Updates.pushEach(WAITING, waiting.added()));
	}

	/**
	 * For any write that does not shorten the waiting list: such a write is never mixed.
	 * The users that stay keep their order.
	 */
	List<Document> pipeline() {
		Document cancelled = new Document("$in", List.of("$$this", literal(this.write.cancellations())));
		Document staying = new Document("$filter",
				new Document("input", "$" + REGISTRATION_IDS).append("cond", new Document("$not", List.of(cancelled))));
		Document fields = new Document(TICKETS_SOLD, add(TICKETS_SOLD, this.write.sold()))
			.append(REVISION, add(REVISION, 1L))
			.append(REGISTRATION_IDS,
					new Document("$concatArrays", List.of(staying, literal(this.write.registered()))));
		if (this.write.held() != 0) {
			fields.append(HELD, add(HELD, this.write.held()));
		}
		if (!this.write.waiting().joined().isEmpty()) {
			fields.append(WAITING_COUNT, add(WAITING_COUNT, this.write.waiting().growth()))
				.append(WAITING, appended(WAITING, this.write.waiting().added()));
		}
		if (!this.write.sealedCancellations().isEmpty()) {
			fields.append(RELEASED, appended(RELEASED, releasedKeys()));
		}
		if (this.write.journalEntries() > 0) {
			fields.append(JOURNAL, appended(JOURNAL, this.write.journalTexts()));
		}
		setHolds().forEach((hold) -> fields.append(path(hold), literal(HoldFields.value(hold))));
		firstExpiry()
			.ifPresent((first) -> fields.append(NEXT_EXPIRY, new Document("$min", List.of("$" + NEXT_EXPIRY, first))));
		List<String> unset = unsetHolds();
		Document set = new Document("$set", fields);
		return unset.isEmpty() ? List.of(set) : List.of(set, new Document("$unset", unset));
	}

	private static Document appended(String field, List<?> values) {
		return new Document("$concatArrays",
				List.of(new Document("$ifNull", List.of("$" + field, List.of())), literal(values)));
	}

	private static Document add(String field, Number number) {
		return new Document("$add", List.of(new Document("$ifNull", List.of("$" + field, 0)), number));
	}

	private List<Document> releasedKeys() {
		return this.write.sealedCancellations().stream().map(SealedRegistration::key).toList();
	}

	private List<Hold> setHolds() {
		return Stream
			.of(this.write.newHolds(), this.write.renewals().stream().map(Renewal::renewed).toList(),
					this.write.waiting().offers())
			.flatMap(Collection::stream)
			.toList();
	}

	private List<String> unsetHolds() {
		return Stream
			.concat(this.write.confirmations().stream().map(HoldFields::path),
					this.write.endedHolds().stream().map(RoundUpdate::path))
			.toList();
	}

	private static String path(Hold hold) {
		return HoldFields.path(hold.user().value());
	}

	/** The new bound for the next sweep. */
	private Optional<Date> firstExpiry() {
		return this.write.waiting().leavesOffers() ? Optional.of(Date.from(this.write.now()))
				: setHolds().stream().map(Hold::until).min(Comparator.naturalOrder()).map(Date::from);
	}

}
