package dev.lastseat.mongo;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Deliberate bugs: a database that changes one part of the commands of the correct
 * repository before it sends them.
 */
public enum BrokenCommands {

	/** A batch is booked even if one of its users is registered. */
	BATCH_WITHOUT_GUARD_OF_USERS {
		@Override
		Bson filter(BsonDocument filter) {
			if (isBatch(filter.get("registration_ids"))) {
				filter.remove("registration_ids");
			}
			return filter;
		}
	},

	/** A batch is booked if one seat is free. */
	BATCH_WITH_GUARD_OF_ONE_SEAT {
		@Override
		Bson filter(BsonDocument filter) {
			if (isBatch(filter.get("registration_ids"))) {
				filter.put("$expr", BsonDocument.parse("{ $lt: ['$tickets_sold', '$capacity'] }"));
			}
			return filter;
		}
	},

	/** A batch of cancellations releases a seat for each user, registered or not. */
	BATCH_WITHOUT_GUARD_OF_CANCELLATIONS {
		@Override
		Bson filter(BsonDocument filter) {
			if (filter.toJson().contains("$setDifference")) {
				filter.remove("$expr");
			}
			return filter;
		}
	},

	/** Nothing checks the holds. */
	WITHOUT_HOLD_GUARDS {
		@Override
		Bson filter(BsonDocument filter) {
			filter.keySet().removeIf((field) -> field.startsWith("holds.") || field.equals("held"));
			return filter;
		}
	},

	/** A booking does not check that its segment is open. */
	WITHOUT_SEGMENT_GUARD {
		@Override
		Bson filter(BsonDocument filter) {
			return without("segment", filter);
		}
	},

	/** A booking does not check the registrations that are being sealed. */
	WITHOUT_SEALING_GUARD {
		@Override
		Bson filter(BsonDocument filter) {
			return without("sealing", filter);
		}
	},

	/** A release does not check that no clean-up came between its read and its write. */
	WITHOUT_CLEANUPS_GUARD {
		@Override
		Bson filter(BsonDocument filter) {
			filter.remove("cleanups");
			return filter;
		}
	},

	/** Loading a filter finds no user, because no registration has a negative ordinal. */
	LOADING_EMPTY_FILTERS {
		@Override
		Bson search(BsonDocument filter) {
			Bson none = Filters.lt(SealedRegistration.ORDINAL, 0);
			return hasCondition(SealedRegistration.ORDINAL, filter) ? Filters.and(filter, none) : filter;
		}
	},

	/** Loading a filter fails: the server rejects the query. */
	FAILING_TO_LOAD_FILTERS {
		@Override
		Bson search(BsonDocument filter) {
			return hasCondition(SealedRegistration.ORDINAL, filter)
					? Filters.and(filter, new Document("$noSuchOperator", 1)) : filter;
		}
	},

	/** The read that explains a refusal finds no expired hold. */
	WITHOUT_EXPIRED_HOLDS {
		@Override
		Bson stage(BsonDocument stage) {
			BsonDocument fields = stage.getDocument("$project", new BsonDocument());
			if (fields.containsKey("expired")) {
				fields.put("expired", new BsonArray());
			}
			return stage;
		}
	},

	/** A confirmation registers the user and keeps the hold. */
	CONFIRMATION_KEEPS_HOLD {
		@Override
		Bson update(BsonDocument update) {
			if (update.containsKey("$unset") && update.containsKey("$addToSet")) {
				update.remove("$unset");
				update.getDocument("$inc").remove("held");
			}
			return update;
		}
	},

	/** An expired hold is ended even if the user has renewed it since it was read. */
	WITHOUT_GUARD_OF_HOLD_END {
		@Override
		Bson filter(BsonDocument filter) {
			List.copyOf(filter.keySet()).stream().filter((field) -> field.endsWith(".until")).forEach((field) -> {
				filter.remove(field);
				filter.put(field, BsonDocument.parse("{ $exists: true }"));
			});
			return filter;
		}
	},

	/** A hold is confirmed or ended although it is not stored. */
	WITHOUT_GUARD_OF_HOLD {
		@Override
		Bson filter(BsonDocument filter) {
			filter.keySet().removeIf((field) -> field.endsWith(".until"));
			return filter;
		}
	},

	/** A seat is booked whenever the sale opens. */
	WITHOUT_OPENING_GUARD {
		@Override
		Bson filter(BsonDocument filter) {
			filter.remove("sales_open_at");
			return filter;
		}
	},

	/** A write that takes or frees a seat does not check that nobody waits. */
	WITHOUT_GUARD_OF_WAITING_LIST {
		@Override
		Bson filter(BsonDocument filter) {
			filter.remove("waiting.0");
			return filter;
		}
	},

	/** Offers are made without a look at the seats. */
	OFFERING_WITHOUT_SEATS {
		@Override
		Bson filter(BsonDocument filter) {
			if (filter.containsKey("offer_seconds")) {
				filter.remove("$expr");
				filter.keySet().removeIf((field) -> field.startsWith("waiting."));
			}
			return filter;
		}
	},

	/** Users leave the waiting list for an offer that is not stored. */
	LOSING_OFFERS {
		@Override
		Bson update(BsonDocument update) {
			if (update.containsKey("$pullAll") && update.containsKey("$set")) {
				update.getDocument("$inc").remove("held");
				update.remove("$set");
			}
			return update;
		}
	},

	/** The last step of a move of the journal removes the entries of any move. */
	WITHOUT_GUARD_OF_JOURNAL {
		@Override
		Bson filter(BsonDocument filter) {
			filter.remove("journal_moved");
			return filter;
		}
	},

	/** A booking writes its entry twice. */
	DUPLICATE_ENTRY {
		@Override
		Bson update(BsonDocument update) {
			BsonDocument pushed = update.getDocument("$push", new BsonDocument());
			if (pushed.isString("journal")) {
				BsonValue entry = pushed.get("journal");
				pushed.put("journal", new BsonDocument("$each", new BsonArray(List.of(entry, entry))));
			}
			return update;
		}
	},

	/** The entries that are moved are removed before they are inserted. */
	MOVED_ENTRY_LOST {
		@Override
		Bson update(BsonDocument update) {
			BsonDocument renamed = update.getDocument("$rename", new BsonDocument());
			if (renamed.containsKey("journal")) {
				update.remove("$rename");
				update.put("$unset", new BsonDocument("journal", new BsonString("")));
			}
			return update;
		}
	},

	/** A clean-up deletes released registrations instead of marking them. */
	DELETING_RELEASED {
		@Override
		boolean deletes() {
			return true;
		}
	};

	Bson filter(BsonDocument filter) {
		return filter;
	}

	Bson search(BsonDocument filter) {
		return filter;
	}

	/** An update with operators. */
	Bson update(BsonDocument update) {
		return update;
	}

	/** A stage of an aggregation. */
	Bson stage(BsonDocument stage) {
		return stage;
	}

	boolean deletes() {
		return false;
	}

	/**
	 * Removes a guard from bookings only. A booking has an expression about the seats.
	 */
	private static Bson without(String guard, BsonDocument filter) {
		if (filter.containsKey("$expr") && filter.containsKey("registration_ids")) {
			filter.remove(guard);
		}
		return filter;
	}

	private static boolean isBatch(@Nullable BsonValue guard) {
		return guard != null && guard.isDocument() && guard.asDocument().containsKey("$nin");
	}

	private static boolean hasCondition(String field, BsonDocument filter) {
		return filter.getArray("$and", new BsonArray())
			.stream()
			.anyMatch((condition) -> condition.asDocument().containsKey(field));
	}

	private static BsonDocument document(Object filter) {
		return ((Bson) filter).toBsonDocument(Document.class, MongoClientSettings.getDefaultCodecRegistry()).clone();
	}

	public MongoDatabase over(MongoDatabase database) {
		return proxy(MongoDatabase.class, database);
	}

	private <T> T proxy(Class<T> type, Object target) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, arguments) -> {
				Object answer = call(target, method, arguments);
				return (answer instanceof MongoCollection) ? proxy(MongoCollection.class, answer) : answer;
			}));
	}

	private Object call(Object target, Method method, Object[] arguments) throws Throwable {
		if (target instanceof MongoCollection<?> collection && method.getName().equals("updateMany") && deletes()) {
			return collection.deleteMany((Bson) arguments[0]);
		}
		if (method.getName().equals("updateOne")) {
			arguments[0] = filter(document(arguments[0]));
			arguments[1] = (arguments[1] instanceof List) ? arguments[1] : update(document(arguments[1]));
		}
		if (method.getName().equals("find")) {
			arguments[0] = search(document(arguments[0]));
		}
		if (method.getName().equals("aggregate")) {
			arguments[0] = ((List<?>) arguments[0]).stream().map((stage) -> stage(document(stage))).toList();
		}
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

}
