package dev.lastseat.simulation;

import java.util.List;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * An update of one document by a pipeline of one stage {@code $set}, which the embedded
 * engine lacks: it evaluates the expressions, and then sets the fields to their values.
 * There is one thread, so no other command runs in between.
 */
record PipelineUpdate(BsonDocument command) {

	static boolean isOne(BsonDocument command) {
		return command.containsKey("update") && update(command).isArray("u");
	}

	private static BsonDocument update(BsonDocument command) {
		return command.getArray("updates").get(0).asDocument();
	}

	/**
	 * @return the same update, for the document as it is now, without a pipeline
	 */
	BsonDocument plain(Store store) {
		BsonDocument update = update(this.command);
		BsonDocument fields = update.getArray("u").get(0).asDocument().getDocument("$set");
		BsonString collection = this.command.getString("update");
		BsonDocument find = new BsonDocument("find", collection).append("filter", update.get("q"))
			.append("projection", new BsonDocument("_id", new BsonInt32(1)));
		BsonDocument set = new BsonDocument();
		for (var found : store.execute(find).getDocument("cursor").getArray("firstBatch")) {
			BsonDocument evaluate = new BsonDocument("aggregate", collection)
				.append("pipeline",
						new BsonArray(
								List.of(new BsonDocument("$match", found), new BsonDocument("$addFields", fields))))
				.append("cursor", new BsonDocument());
			BsonDocument evaluated = store.execute(evaluate)
				.getDocument("cursor")
				.getArray("firstBatch")
				.get(0)
				.asDocument();
			fields.keySet().forEach((field) -> set.append(field, evaluated.get(field)));
		}
		BsonDocument plain = update.clone().append("u", new BsonDocument("$set", set));
		return this.command.clone().append("updates", new BsonArray(List.of(plain)));
	}

}
