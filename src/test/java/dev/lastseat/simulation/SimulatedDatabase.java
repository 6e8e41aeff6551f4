package dev.lastseat.simulation;

import java.util.List;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.InsertOneResult;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.AggregatePublisher;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
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
			case "updateOne(Bson, Bson)" -> update(name, (Bson) arguments[0], (Bson) arguments[1]);
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

	private Publisher<UpdateResult> update(String name, Bson filter, Bson update) {
		BsonDocument one = new BsonDocument("q", bson(filter)).append("u", bson(update));
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
