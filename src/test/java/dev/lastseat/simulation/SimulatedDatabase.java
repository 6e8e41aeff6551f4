package dev.lastseat.simulation;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
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
import org.reactivestreams.Publisher;

/**
 * The driver, as far as the repository uses it: what is asked of its collections becomes
 * the commands that the driver sends. Concerns and preference are taken and have no
 * effect, since there is one store that forgets nothing.
 */
final class SimulatedDatabase {

	private static final CodecRegistry CODECS = MongoClientSettings.getDefaultCodecRegistry();

	private final Link link;

	private SimulatedDatabase(Link link) {
		this.link = link;
	}

	static MongoDatabase over(Link link) {
		SimulatedDatabase database = new SimulatedDatabase(link);
		return DriverStub.of(MongoDatabase.class, (signature, self, arguments) -> {
			if (!signature.equals("getCollection(String)")) {
				throw DriverStub.unknown(signature);
			}
			return database.collection((String) arguments[0]);
		});
	}

	private Object collection(String name) {
		return DriverStub.of(MongoCollection.class, (signature, self, arguments) -> switch (signature) {
			case "withWriteConcern(WriteConcern)", "withReadConcern(ReadConcern)",
					"withReadPreference(ReadPreference)" ->
				self;
			case "insertOne(Object)" -> insert(name, (Document) arguments[0]);
			case "insertMany(List, InsertManyOptions)" -> insertEach(name, (List<?>) arguments[0]);
			case "updateOne(Bson, Bson)" -> update(name, (Bson) arguments[0], (Bson) arguments[1], false);
			case "updateMany(Bson, Bson)" -> update(name, (Bson) arguments[0], (Bson) arguments[1], true);
			case "deleteOne(Bson)" -> delete(name, (Bson) arguments[0]);
			case "find(Bson)" -> DriverStub.of(FindPublisher.class,
					new SimulatedRead(this.link, command("find", name).append("filter", bson((Bson) arguments[0]))));
			case "aggregate(List)" -> DriverStub.of(AggregatePublisher.class,
					new SimulatedRead(this.link,
							command("aggregate", name).append("pipeline", pipeline((List<?>) arguments[0]))
								.append("cursor", new BsonDocument())));
			default -> throw DriverStub.unknown(signature);
		});
	}

	private Publisher<InsertOneResult> insert(String name, Document document) {
		BsonDocument stored = bson(document);
		return this.link.send(command("insert", name).append("documents", new BsonArray(List.of(stored))))
			.map((reply) -> InsertOneResult.acknowledged(stored.get("_id")));
	}

	/**
	 * One document that is there already does not keep the others out.
	 */
	private Publisher<InsertManyResult> insertEach(String name, List<?> documents) {
		BsonArray stored = new BsonArray(documents.stream().map((document) -> bson((Document) document)).toList());
		BsonDocument insert = command("insert", name).append("documents", stored).append("ordered", BsonBoolean.FALSE);
		return this.link.send(insert).map((reply) -> {
			List<BulkWriteError> there = reply.getArray("writeErrors", new BsonArray())
				.stream()
				.map(BsonValue::asDocument)
				.map((error) -> new BulkWriteError(error.getNumber("code").intValue(),
						error.getString("errmsg").getValue(), new BsonDocument(), error.getNumber("index").intValue()))
				.toList();
			if (!there.isEmpty()) {
				throw new MongoBulkWriteException(BulkWriteResult.unacknowledged(), there, null, new ServerAddress(),
						Set.of());
			}
			return InsertManyResult.acknowledged(Map.of());
		});
	}

	private Publisher<UpdateResult> update(String name, Bson filter, Bson update, boolean many) {
		BsonDocument one = new BsonDocument("q", bson(filter)).append("u", bson(update))
			.append("multi", BsonBoolean.valueOf(many));
		return this.link.send(command("update", name).append("updates", new BsonArray(List.of(one))))
			.map((reply) -> UpdateResult.acknowledged(Store.found(reply), reply.getNumber("nModified").longValue(),
					null));
	}

	private Publisher<DeleteResult> delete(String name, Bson filter) {
		BsonDocument one = new BsonDocument("q", bson(filter)).append("limit", new BsonInt32(1));
		return this.link.send(command("delete", name).append("deletes", new BsonArray(List.of(one))))
			.map((reply) -> DeleteResult.acknowledged(Store.found(reply)));
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
