package dev.lastseat.simulation;

import java.util.List;
import java.util.function.UnaryOperator;

import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/**
 * Splits a write command into writes of single documents, as a server does.
 */
record SingleWrites(BsonDocument command, List<BsonDocument> writes) {

	static SingleWrites of(BsonDocument command, Store store) {
		return new SingleWrites(command, switch (command.getFirstKey()) {
			case "insert" -> each(command, "documents", command.getArray("documents"));
			case "update" -> each(command, "updates", updates(command, store));
			default -> List.of(command);
		});
	}

	private static List<BsonDocument> each(BsonDocument command, String name, List<BsonValue> statements) {
		return statements.equals(command.getArray(name)) && statements.size() == 1 ? List.of(command)
				: split(command, name, statements);
	}

	private static List<BsonDocument> split(BsonDocument command, String name, List<BsonValue> statements) {
		return statements.stream()
			.map((statement) -> command.clone().append(name, new BsonArray(List.of(statement))))
			.toList();
	}

	private static List<BsonValue> updates(BsonDocument command, Store store) {
		BsonDocument update = command.getArray("updates").get(0).asDocument();
		if (!update.getBoolean("multi").getValue()) {
			return List.of(update);
		}
		BsonDocument find = new BsonDocument("find", command.get("update")).append("filter", update.get("q"))
			.append("projection", new BsonDocument("_id", new BsonInt32(1)));
		return store.execute(find)
			.getDocument("cursor")
			.getArray("firstBatch")
			.stream()
			.map((found) -> (BsonValue) new BsonDocument("q", found).append("u", update.get("u"))
				.append("multi", BsonBoolean.FALSE))
			.toList();
	}

	/**
	 * @return the reply to the command
	 */
	BsonDocument execute(UnaryOperator<BsonDocument> store) {
		List<BsonDocument> replies = this.writes.stream().map(store).toList();
		if (replies.size() == 1) {
			return replies.get(0);
		}
		BsonArray errors = new BsonArray();
		for (int index = 0; index < replies.size(); index++) {
			for (BsonValue error : replies.get(index).getArray("writeErrors", new BsonArray())) {
				errors.add(copy(error.asDocument()).append("index", new BsonInt32(index)));
			}
		}
		BsonDocument reply = new BsonDocument("ok", new BsonInt32(1)).append("n", sum(replies, "n"))
			.append("nModified", sum(replies, "nModified"));
		return errors.isEmpty() ? reply : reply.append("writeErrors", errors);
	}

	private static BsonDocument copy(BsonDocument document) {
		BsonDocument copy = new BsonDocument();
		copy.putAll(document);
		return copy;
	}

	private static BsonInt32 sum(List<BsonDocument> replies, String name) {
		return new BsonInt32(
				replies.stream().mapToInt((reply) -> reply.getNumber(name, new BsonInt32(0)).intValue()).sum());
	}

}
