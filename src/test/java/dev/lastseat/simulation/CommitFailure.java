package dev.lastseat.simulation;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * What the driver reports when the majority does not confirm a command, or when a member
 * is no longer primary. The outcome of a write is unknown in all these cases.
 */
enum CommitFailure {

	NOT_PRIMARY {
		@Override
		MongoException exception() {
			return new MongoNotPrimaryException(reply(10107, "not primary"), SERVER);
		}
	},

	RECOVERING {
		@Override
		MongoException exception() {
			return new MongoNodeIsRecoveringException(reply(11602, "interrupted due to a change of state"), SERVER);
		}
	},

	CONNECTION {
		@Override
		MongoException exception() {
			return new MongoSocketReadException("closed by the old primary", SERVER);
		}
	},

	TIME_OUT {
		@Override
		MongoException exception() {
			return new MongoOperationTimeoutException("no majority in time");
		}
	},

	/**
	 * The reply to a write reports this as a write concern error, not as an exception.
	 */
	NOT_ACKNOWLEDGED {
		@Override
		MongoException exception() {
			return new MongoExecutionTimeoutException(50, "no majority in time");
		}
	};

	private static final ServerAddress SERVER = new ServerAddress("store.invalid");

	private static final int WRITE_CONCERN_TIMEOUT = 64;

	/** The exception of a command. */
	abstract MongoException exception();

	/** Returns or throws the result of a write that this member has applied. */
	BsonDocument resultOfWrite(BsonDocument reply) {
		if (this != NOT_ACKNOWLEDGED) {
			throw exception();
		}
		BsonDocument unacknowledged = new BsonDocument();
		unacknowledged.putAll(reply);
		return unacknowledged.append("writeConcernError", reply(WRITE_CONCERN_TIMEOUT, "no majority in time"));
	}

	private static BsonDocument reply(int code, String message) {
		return new BsonDocument("code", new BsonInt32(code)).append("errmsg", new BsonString(message));
	}

}
