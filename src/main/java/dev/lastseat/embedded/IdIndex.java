package dev.lastseat.embedded;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of the ids. The position of a document is its id, so the map of the documents
 * is the index. The library stores each id twice more, in a map of its own.
 * <p>
 * It serves queries for strings, ObjectIds and documents: equal to a value, or in a list
 * of values. For other queries the library reads all documents. Equal numbers of
 * different types are different ids.
 */
final class IdIndex extends Index<Object> {

	private static final String ID = "_id";

	private final MVMap<Object, Document> documents;

	IdIndex(String name, List<IndexKey> keys, MVMap<Object, Document> documents) {
		super(name, keys, false);
		this.documents = documents;
	}

	static boolean serves(List<IndexKey> keys) {
		return keys.size() == 1 && keys.get(0).getKey().equals(ID);
	}

	@Override
	public boolean canHandle(Document query) {
		return query.size() == 1 && query.containsKey(ID) && values(query.get(ID)).allMatch(IdIndex::isServed);
	}

	@Override
	public Iterable<Object> getPositions(Document query) {
		return values(query.get(ID)).distinct().filter(this.documents::containsKey).map(Object.class::cast).toList();
	}

	private static Stream<?> values(@Nullable Object condition) {
		return (condition instanceof Document operators && operators.size() == 1
				&& operators.get("$in") instanceof Collection<?> list) ? list.stream() : Stream.ofNullable(condition);
	}

	private static boolean isServed(@Nullable Object value) {
		return value instanceof String || value instanceof ObjectId || (value instanceof Document fields
				&& fields.keySet().stream().noneMatch((key) -> key.startsWith("$")));
	}

	/**
	 * Does nothing: {@link EmbeddedCollection} checks the id when it adds the document.
	 */
	@Override
	public void checkAdd(Document document, MongoCollection<Object> collection) {
	}

	DuplicateKeyError duplicate(Object id, MongoCollection<Object> collection) {
		return new DuplicateKeyError(this, collection, getKeys(), new KeyValue(id));
	}

	/** Does nothing: the document is in the map. */
	@Override
	public void add(Document document, Object position, MongoCollection<Object> collection) {
	}

	/** Removes nothing: the library removes the document from the map. */
	@Override
	public Object remove(Document document) {
		return Missing.ofNullable(document.get(ID));
	}

	@Override
	public @Nullable Object getPosition(Document document) {
		Object id = Missing.ofNullable(document.get(ID));
		return this.documents.containsKey(id) ? id : null;
	}

	/** Does nothing: an update cannot change an id. */
	@Override
	public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
	}

	@Override
	public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
	}

	@Override
	public boolean isUnique() {
		return true;
	}

	@Override
	public long getCount() {
		return this.documents.size();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

	/** Drops nothing: the documents are dropped with their collection. */
	@Override
	public void drop() {
	}

}
