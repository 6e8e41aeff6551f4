package dev.lastseat.embedded;

import java.util.List;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database with {@link EmbeddedCollection} as its collection and {@link SecondaryIndex}
 * as its non-unique index. The library has unique indexes only. Repairs unique indexes
 * after a crash.
 */
final class EmbeddedDatabase extends H2Database {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private final MVStore store;

	EmbeddedDatabase(String name, MVStore store, CursorRegistry cursors) {
		super(name, store, cursors);
		this.store = store;
		super.initializeNamespacesAndIndexes();
	}

	/**
	 * Does nothing: the constructor of the superclass calls this before the store is set.
	 * The constructor of this class opens the collections.
	 */
	@Override
	protected void initializeNamespacesAndIndexes() {
	}

	/**
	 * Uses the same maps as the superclass.
	 */
	@Override
	protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
		String name = getDatabaseName() + "." + collection;
		return new EmbeddedCollection(this, collection, options, documents(collection),
				this.store.openMap("meta." + name), this.cursorRegistry);
	}

	/**
	 * Clears an index that does not match its documents; the library then fills the empty
	 * index. A kill between the two writes of an insertion or deletion leaves a document
	 * without its index entry, or an entry without its document.
	 */
	@Override
	protected Index<Object> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys,
			boolean sparse) {
		// Opened first, so that the superclass gets this map, with the order of IdType.
		MVMap<Object, Object> entries = open(getDatabaseName() + "." + collection + "._index_" + name);
		Index<Object> index = super.openOrCreateUniqueIndex(collection, name, keys, sparse);
		if (!index.isEmpty() && !sparse && !matches(index, documents(collection))) {
			logger.warn("Rebuilt the index {} of {}: the process did not shut down normally", name, collection);
			entries.clear();
		}
		return index;
	}

	private static boolean matches(Index<Object> index, MVMap<Object, Document> documents) {
		return index.getCount() == documents.size()
				&& documents.values().stream().allMatch((document) -> index.getPosition(document) != null);
	}

	private MVMap<Object, Document> documents(String collection) {
		return open("databases." + getDatabaseName() + "." + collection);
	}

	private <V> MVMap<Object, V> open(String map) {
		return this.store.openMap(map, new MVMap.Builder<Object, V>().keyType(new IdType()));
	}

	@Override
	protected Index<Object> openOrCreateSecondaryIndex(String collection, String name, List<IndexKey> keys,
			boolean sparse) {
		return new SecondaryIndex(name, keys, sparse);
	}

}
