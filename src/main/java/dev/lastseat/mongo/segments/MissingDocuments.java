package dev.lastseat.mongo.segments;

import java.util.List;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import reactor.core.publisher.Mono;

/**
 * Inserts documents whose content is determined by their ids.
 */
final class MissingDocuments {

	/** One document that exists already does not stop the insertion of the others. */
	private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

	private MissingDocuments() {
	}

	/** Inserts the documents that do not exist yet. */
	static Mono<Void> insert(MongoCollection<Document> collection, List<Document> documents) {
		return Mono.from(collection.insertMany(documents, UNORDERED))
			.onErrorResume(MissingDocuments::isDuplicatesOnly, (error) -> Mono.empty())
			.then();
	}

	private static boolean isDuplicatesOnly(Throwable error) {
		return error instanceof MongoBulkWriteException failure && failure.getWriteConcernError() == null
				&& failure.getWriteErrors()
					.stream()
					.allMatch((one) -> ErrorCategory.fromErrorCode(one.getCode()) == ErrorCategory.DUPLICATE_KEY);
	}

}
