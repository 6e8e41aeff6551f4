package dev.lastseat.simulation;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ReadConcern;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.InsertManyResult;
import com.mongodb.client.result.InsertOneResult;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.AggregatePublisher;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The part of the driver that the repository uses: calls of its collections become the
 * commands that the driver sends. All writes are acknowledged by the majority and all
 * reads go to the primary, whatever the caller sets. The read concern is a part of the
 * command.
 */
final class SimulatedDatabase {

	private static final CodecRegistry CODECS = MongoClientSettings.getDefaultCodecRegistry();

	private final Link link;

	private final ReadConcernOverride readConcerns;

	private SimulatedDatabase(Link link, ReadConcernOverride readConcerns) {
		this.link = link;
		this.readConcerns = readConcerns;
	}

	static MongoDatabase over(Link link) {
		return over(link, ReadConcernOverride.NONE);
	}

	/**
	 * @param readConcerns overrides the read concern of a command
	 */
	static MongoDatabase over(Link link, ReadConcernOverride readConcerns) {
		SimulatedDatabase database = new SimulatedDatabase(link, readConcerns);
		return DriverStub.of(MongoDatabase.class, (signature, self, arguments) -> {
			if (!signature.equals("getCollection(String)")) {
				throw DriverStub.unknown(signature);
			}
			return database.collection((String) arguments[0], ReadConcern.LOCAL);
		});
	}

	private Object collection(String name, ReadConcern concern) {
		return DriverStub.of(MongoCollection.class, (signature, self, arguments) -> switch (signature) {
			case "withWriteConcern(WriteConcern)", "withReadPreference(ReadPreference)" -> self;
			case "withReadConcern(ReadConcern)" -> collection(name, (ReadConcern) arguments[0]);
			case "insertOne(Object)" -> insert(name, (Document) arguments[0]);
			case "insertMany(List, InsertManyOptions)" -> insertEach(name, (List<?>) arguments[0]);
			case "updateOne(Bson, Bson)" -> update(name, (Bson) arguments[0], bson((Bson) arguments[1]), false);
			case "updateOne(Bson, List)" -> update(name, (Bson) arguments[0], pipeline((List<?>) arguments[1]), false);
			case "updateMany(Bson, Bson)" -> update(name, (Bson) arguments[0], bson((Bson) arguments[1]), true);
			case "deleteOne(Bson)" -> delete(name, (Bson) arguments[0]);
			case "find(Bson)" ->
				read(FindPublisher.class, command("find", name).append("filter", bson((Bson) arguments[0])), concern);
			case "aggregate(List)" -> read(AggregatePublisher.class,
					command("aggregate", name).append("pipeline", pipeline((List<?>) arguments[0]))
						.append("cursor", new BsonDocument()),
					concern);
			default -> throw DriverStub.unknown(signature);
		});
	}

	private <T> T read(Class<T> type, BsonDocument command, ReadConcern concern) {
		Link withConcern = (read) -> this.link.send(Store.with(this.readConcerns.concern(read, concern), read));
		return DriverStub.of(type, new SimulatedRead(withConcern, command));
	}

	private Publisher<InsertOneResult> insert(String name, Document document) {
		BsonDocument stored = bson(document);
		return write(command("insert", name).append("documents", new BsonArray(List.of(stored))))
			.map((reply) -> InsertOneResult.acknowledged(stored.get("_id")));
	}

	/**
	 * An existing document does not prevent the insertion of the others.
	 */
	private Publisher<InsertManyResult> insertEach(String name, List<?> documents) {
		BsonArray stored = new BsonArray(documents.stream().map((document) -> bson((Document) document)).toList());
		BsonDocument insert = command("insert", name).append("documents", stored).append("ordered", BsonBoolean.FALSE);
		return this.link.send(insert).map((reply) -> {
			List<BulkWriteError> errors = reply.getArray("writeErrors", new BsonArray())
				.stream()
				.map(BsonValue::asDocument)
				.map((error) -> new BulkWriteError(error.getNumber("code").intValue(),
						error.getString("errmsg").getValue(), new BsonDocument(), error.getNumber("index").intValue()))
				.toList();
			WriteConcernError unacknowledged = unacknowledged(reply);
			if (!errors.isEmpty() || unacknowledged != null) {
				throw new MongoBulkWriteException(BulkWriteResult.unacknowledged(), errors, unacknowledged,
						new ServerAddress(), Set.of());
			}
			return InsertManyResult.acknowledged(Map.of());
		});
	}

	private Publisher<UpdateResult> update(String name, Bson filter, BsonValue update, boolean many) {
		BsonDocument one = new BsonDocument("q", bson(filter)).append("u", update)
			.append("multi", BsonBoolean.valueOf(many));
		return write(command("update", name).append("updates", new BsonArray(List.of(one)))).map((reply) -> UpdateResult
			.acknowledged(Store.found(reply), reply.getNumber("nModified").longValue(), null));
	}

	private Publisher<DeleteResult> delete(String name, Bson filter) {
		BsonDocument one = new BsonDocument("q", bson(filter)).append("limit", new BsonInt32(1));
		return write(command("delete", name).append("deletes", new BsonArray(List.of(one))))
			.map((reply) -> DeleteResult.acknowledged(Store.found(reply)));
	}

	private Mono<BsonDocument> write(BsonDocument command) {
		return this.link.send(command).doOnNext((reply) -> {
			WriteConcernError unacknowledged = unacknowledged(reply);
			if (unacknowledged != null) {
				throw new MongoWriteConcernException(unacknowledged, null, new ServerAddress(), Set.of());
			}
		});
	}

	private static @Nullable WriteConcernError unacknowledged(BsonDocument reply) {
		BsonDocument error = reply.getDocument("writeConcernError", new BsonDocument());
		return error.isEmpty() ? null : new WriteConcernError(error.getInt32("code").getValue(), "",
				error.getString("errmsg").getValue(), new BsonDocument());
	}

	private static BsonDocument command(String command, String collection) {
		return new BsonDocument(command, new BsonString(collection));
	}

	private static BsonArray pipeline(List<?> stages) {
		return new BsonArray(stages.stream().map((stage) -> bson((Bson) stage)).toList());
	}

	static BsonDocument bson(Bson bson) {
		return bson.toBsonDocument(Document.class, CODECS);
	}

}
