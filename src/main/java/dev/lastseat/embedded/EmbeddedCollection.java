package dev.lastseat.embedded;

import java.util.ArrayList;
import java.util.List;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that never changes a stored document. The library updates the document
 * that a query returns, field by field, and then stores it. Here a query returns copies,
 * so an update replaces the stored document as a whole. Without this, a reader could see
 * a half-made update, and the thread of H2 that writes the file could store one.
 */
final class EmbeddedCollection extends H2Collection {

	EmbeddedCollection(MongoDatabase database, String name, CollectionOptions options,
			MVMap<Object, Document> documents, MVMap<String, Object> properties, CursorRegistry cursors) {
		super(database, name, options, documents, properties, cursors);
	}

	/**
	 * Shallow copies are sufficient: an update puts new values into the document, and
	 * does not change the old values.
	 */
	@Override
	protected QueryResult queryDocuments(Document query, @Nullable Document order, int skip, int limit, int batchSize,
			@Nullable Document fields) {
		QueryResult found = super.queryDocuments(query, order, skip, limit, batchSize, fields);
		List<Document> copies = new ArrayList<>();
		found.forEach((document) -> copies.add(document.clone()));
		return new QueryResult(copies, found.getCursorId());
	}

}
