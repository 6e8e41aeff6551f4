package dev.lastseat.embedded;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that never changes a stored document. The library updates the document
 * that a query returns, field by field, and then stores it. Here a query returns copies,
 * so an update replaces the stored document as a whole. Without this, a reader could see
 * a half-made update, and the thread of H2 that writes the file could store one.
 * <p>
 * Conditions and updates of {@link StringArrays} are not left to the library, so that the
 * cost of a booking does not depend on the product of the users in the command and in the
 * document.
 */
final class EmbeddedCollection extends H2Collection {

	private static final String ID = "_id";

	private final MVMap<Object, Document> documents;

	EmbeddedCollection(MongoDatabase database, String name, CollectionOptions options,
			MVMap<Object, Document> documents, MVMap<String, Object> properties, CursorRegistry cursors) {
		super(database, name, options, documents, properties, cursors);
		this.documents = documents;
	}

	/**
	 * One search in the map both checks that the id is new and adds the document.
	 */
	@Override
	protected Object addDocumentInternal(Document document) {
		IdIndex ids = getIndexes().stream()
			.filter(IdIndex.class::isInstance)
			.map(IdIndex.class::cast)
			.findFirst()
			.orElse(null);
		if (ids == null) {
			return super.addDocumentInternal(document);
		}
		Object id = Missing.ofNullable(document.get(ID));
		if (this.documents.putIfAbsent(id, document) != null) {
			throw ids.duplicate(id, this);
		}
		return id;
	}

	/**
	 * Shallow copies are sufficient: an update puts new values into the document, and
	 * does not change the old values.
	 */
	@Override
	protected QueryResult queryDocuments(Document query, @Nullable Document order, int skip, int limit, int batchSize,
			@Nullable Document fields) {
		Index<Object> index = idIndex(query);
		QueryResult found = (index != null) ? matchDocuments(query, index.getPositions(new Document(ID, query.get(ID))),
				order, skip, limit, batchSize, fields)
				: super.queryDocuments(query, order, skip, limit, batchSize, fields);
		List<Document> copies = new ArrayList<>();
		found.forEach((document) -> copies.add(document.clone()));
		return new QueryResult(copies, found.getCursorId());
	}

	/**
	 * The library uses the index of the id only if the query contains nothing else.
	 */
	private @Nullable Index<Object> idIndex(Document query) {
		if (!query.containsKey(ID)) {
			return null;
		}
		Document id = new Document(ID, query.get(ID));
		return getIndexes().stream().filter((index) -> index.canHandle(id)).findFirst().orElse(null);
	}

	@Override
	protected boolean documentMatchesQuery(Document document, Document query) {
		Document others = new Document();
		for (Map.Entry<String, Object> condition : query.entrySet()) {
			Boolean matches = StringArrays.matches(document, condition.getKey(), condition.getValue());
			if (matches == null) {
				others.put(condition.getKey(), condition.getValue());
			}
			else if (!matches) {
				return false;
			}
		}
		return super.documentMatchesQuery(document, others);
	}

	@Override
	public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters filters,
			boolean multi, boolean upsert, Oplog oplog) {
		if (multi || upsert) {
			return super.updateDocuments(selector, update, filters, multi, upsert, oplog);
		}
		Iterator<Document> found = queryDocuments(selector, null, 0, 1, 0, null).iterator();
		if (!found.hasNext()) {
			return result(0, 0);
		}
		Document before = found.next();
		Document after = StringArrays.update(before, update);
		if (after == null) {
			return super.updateDocuments(selector, update, filters, false, false, oplog);
		}
		if (after.equals(before)) {
			return result(1, 0);
		}
		replace(before, after);
		oplog.handleUpdate(getFullName(), selector, update, List.of(before.get(ID)));
		return result(1, 1);
	}

	private void replace(Document before, Document after) {
		Object position = getIndexes().stream()
			.map((index) -> index.getPosition(before))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
		getIndexes().forEach((index) -> index.checkUpdate(before, after, this));
		getIndexes().forEach((index) -> index.updateInPlace(before, after, position, this));
		handleUpdate(position, before, after);
	}

	private static Document result(int matched, int modified) {
		return new Document("n", matched).append("nModified", modified);
	}

	/**
	 * The size would take two encodings of the document for each update.
	 */
	@Override
	protected boolean tracksDataSize() {
		return false;
	}

}
