package dev.lastseat.embedded;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that finds a document by its id whatever else the query asks of it, has
 * secondary indexes, and sees at once that an array has none of many strings.
 */
final class IndexedCollection extends H2Collection {

	private static final String ID = "_id";

	IndexedCollection(MongoDatabase database, String name, CollectionOptions options, MVMap<Object, Document> documents,
			MVMap<String, Object> properties, CursorRegistry cursors) {
		super(database, name, options, documents, properties, cursors);
	}

	@Override
	protected QueryResult queryDocuments(Document query, @Nullable Document order, int skip, int limit, int batchSize,
			@Nullable Document fields) {
		Document conditions = conditions(query);
		if (conditions.get(ID) != null) {
			return queryById(conditions, query, order, skip, limit, batchSize, fields);
		}
		SecondaryIndex best = getIndexes().stream()
			.filter(SecondaryIndex.class::isInstance)
			.map(SecondaryIndex.class::cast)
			.max(Comparator.comparingInt((index) -> index.fit(conditions, order)))
			.filter((index) -> index.canHandle(conditions))
			.orElse(null);
		return (best == null) ? super.queryDocuments(query, order, skip, limit, batchSize, fields)
				: matchDocuments(query, best.getPositions(conditions), best.isInOrder(conditions, order) ? null : order,
						skip, limit, batchSize, fields);
	}

	/**
	 * What has to hold in any case, the parts of an {@code $and} among it. Of two
	 * conditions of one field the first will do to look it up.
	 */
	private static Document conditions(Document query) {
		Document conditions = new Document();
		query.forEach((field, condition) -> {
			if (field.equals("$and") && condition instanceof Collection<?> parts) {
				parts.forEach((part) -> conditions((Document) part).forEach(conditions::putIfAbsent));
			}
			else {
				conditions.putIfAbsent(field, condition);
			}
		});
		return conditions;
	}

	private QueryResult queryById(Document conditions, Document query, @Nullable Document order, int skip, int limit,
			int batchSize, @Nullable Document fields) {
		Document id = new Document(ID, conditions.get(ID));
		for (Index<Object> index : getIndexes()) {
			if (index.canHandle(id)) {
				return matchDocuments(query, index.getPositions(id), order, skip, limit, batchSize, fields);
			}
		}
		return super.queryDocuments(query, order, skip, limit, batchSize, fields);
	}

	@Override
	protected boolean documentMatchesQuery(Document document, Document query) {
		Exclusions exclusions = Exclusions.of(query);
		return exclusions.hold(document) && super.documentMatchesQuery(document, exclusions.rest());
	}

	/**
	 * The document is found first, and with it what there is no need to look at again.
	 */
	@Override
	public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters filters,
			boolean multi, boolean upsert, Oplog oplog) {
		if (multi || upsert) {
			return super.updateDocuments(selector, update, filters, multi, upsert, oplog);
		}
		Iterator<Document> found = queryDocuments(selector, null, 0, 1, 0, null).iterator();
		if (!found.hasNext()) {
			return new Document("n", 0).append("nModified", 0);
		}
		Document document = found.next();
		CopyingUpdate copy = CopyingUpdate.of(update, document);
		Object position = position(document);
		if (copy != null && position != null) {
			List<Object> modified = copy.modified() ? replace(position, document, copy.after()) : List.of();
			oplog.handleUpdate(getFullName(), selector, update, modified);
			return new Document("n", 1).append("nModified", modified.size());
		}
		Document rest = Exclusions.of(selector).rest();
		rest.put(ID, document.get(ID));
		return super.updateDocuments(rest, update, filters, false, false, oplog);
	}

	private @Nullable Object position(Document document) {
		return getIndexes().stream()
			.map((index) -> index.getPosition(document))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * @return the ids of what is replaced
	 */
	private List<Object> replace(Object position, Document before, Document after) {
		getIndexes().forEach((index) -> index.checkUpdate(before, after, this));
		getIndexes().forEach((index) -> index.updateInPlace(before, after, position, this));
		handleUpdate(position, before, after);
		return List.of(before.get(ID));
	}

	/**
	 * Nobody asks for it, and it costs two encodings of the document for each change.
	 */
	@Override
	protected boolean tracksDataSize() {
		return false;
	}

}
