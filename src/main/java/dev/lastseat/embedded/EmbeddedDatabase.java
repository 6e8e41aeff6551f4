package dev.lastseat.embedded;

import java.util.List;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database with {@link EmbeddedCollection} as its collection, {@link IdIndex} as its
 * index of ids and {@link SecondaryIndex} as its non-unique index. The library has unique
 * indexes only, and uses none for an aggregation. Repairs unique indexes after a crash.
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
		String map = getDatabaseName() + "." + collection + "._index_" + name;
		if (IdIndex.serves(keys)) {
			// Files of earlier versions have this map.
			if (this.store.hasMap(map)) {
				this.store.removeMap(open(map));
			}
			return new IdIndex(name, keys, documents(collection));
		}
		// Opened first, so that the superclass gets this map, with the order of IdType.
		MVMap<Object, Object> entries = open(map);
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
		return this.store.openMap(map, new MVMap.Builder<Object, V>().keyType(new IdType()).valueType(new BsonType()));
	}

	@Override
	protected Index<Object> openOrCreateSecondaryIndex(String collection, String name, List<IndexKey> keys,
			boolean sparse) {
		return new SecondaryIndex(name, keys, sparse);
	}

	@Override
	public Document handleCommand(Channel channel, String command, Document query, DatabaseResolver databases,
			Oplog oplog) {
		if (command.equals("aggregate") && query.get("pipeline") instanceof List<?> pipeline && !pipeline.isEmpty()
				&& pipeline.get(0) instanceof Document stage && stage.get("$match") instanceof Document match) {
			MongoCollection<Object> collection = resolveCollection(query.get(command).toString(), false);
			if (collection != null) {
				return aggregate(query, pipeline, match, collection, databases, oplog);
			}
		}
		return super.handleCommand(channel, command, query, databases, oplog);
	}

	/**
	 * Runs the pipeline on the documents that its first stage matches, which an index can
	 * find. The library runs it on all documents of the collection.
	 */
	private Document aggregate(Document query, List<?> pipeline, Document match, MongoCollection<Object> collection,
			DatabaseResolver databases, Oplog oplog) {
		Aggregation aggregation = Aggregation.fromPipeline(pipeline, databases, this, collection, oplog);
		aggregation.validate(query);
		Stream<Document> matched = collection.handleQueryAsStream(match);
		Document projection = StringIntersection.projection(pipeline);
		List<Document> found = (projection != null)
				? matched.flatMap((document) -> StringIntersection.project(document, projection)).toList()
				: aggregation.runStages(matched);
		return new Document("cursor",
				new Document("id", 0L).append("ns", collection.getFullName()).append("firstBatch", found))
			.append("ok", 1.0);
	}

}
