package dev.lastseat.embedded;

import java.util.List;

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
 * A database whose collections use their indexes. The library's has unique indexes only,
 * takes one only for a query on its very fields, and none for an aggregation.
 */
final class IndexedDatabase extends H2Database {

	private static final Logger logger = LoggerFactory.getLogger(IndexedDatabase.class);

	private final MVStore store;

	IndexedDatabase(String name, MVStore store, CursorRegistry cursors) {
		super(name, store, cursors);
		this.store = store;
		super.initializeNamespacesAndIndexes();
	}

	/**
	 * Not yet: the superclass would open the collections before there is a store.
	 */
	@Override
	protected void initializeNamespacesAndIndexes() {
	}

	/**
	 * In the maps that the superclass would use.
	 */
	@Override
	protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
		String name = getDatabaseName() + "." + collection;
		return new IndexedCollection(this, collection, options, openById("databases." + name),
				this.store.openMap("meta." + name), this.cursorRegistry);
	}

	/**
	 * The superclass finds the map open when it opens it, and fills an index that is
	 * empty. A process that is killed may leave a document in the file without its entry
	 * in the index, or the other way round: then the index is built anew.
	 */
	@Override
	protected Index<Object> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys,
			boolean sparse) {
		MVMap<Object, Object> entries = openById(getDatabaseName() + "." + collection + "._index_" + name);
		Index<Object> index = super.openOrCreateUniqueIndex(collection, name, keys, sparse);
		if (!index.isEmpty() && !sparse
				&& !isOf(index, openById("databases." + getDatabaseName() + "." + collection))) {
			logger.warn("Built the index {} of {} anew: the files were not closed in order", name, collection);
			entries.clear();
		}
		return index;
	}

	private static boolean isOf(Index<Object> index, MVMap<Object, Document> documents) {
		return index.getCount() == documents.size()
				&& documents.values().stream().allMatch((document) -> index.getPosition(document) != null);
	}

	private <V> MVMap<Object, V> openById(String map) {
		return this.store.openMap(map, new MVMap.Builder<Object, V>().keyType(new IdType()));
	}

	@Override
	protected Index<Object> openOrCreateSecondaryIndex(String collection, String name, List<IndexKey> keys,
			boolean sparse) {
		return new SecondaryIndex(name, keys, sparse);
	}

	@Override
	public Document handleCommand(Channel channel, String command, Document query, DatabaseResolver databases,
			Oplog oplog) {
		if (command.equalsIgnoreCase("aggregate") && query.get("pipeline") instanceof List<?> pipeline
				&& !pipeline.isEmpty() && pipeline.get(0) instanceof Document stage
				&& stage.get("$match") instanceof Document match) {
			MongoCollection<Object> collection = resolveCollection(query.get(command).toString(), false);
			if (collection != null) {
				return aggregate(query, match, collection, databases, oplog);
			}
		}
		return super.handleCommand(channel, command, query, databases, oplog);
	}

	/**
	 * Runs the pipeline over what its first stage matches, and not over all there is.
	 */
	private Document aggregate(Document query, Document match, MongoCollection<Object> collection,
			DatabaseResolver databases, Oplog oplog) {
		Aggregation aggregation = Aggregation.fromPipeline(Aggregation.parse(query.get("pipeline")), databases, this,
				collection, oplog);
		aggregation.validate(query);
		List<Document> answer = aggregation.runStages(collection.handleQueryAsStream(match));
		return new Document("cursor",
				new Document("id", 0L).append("ns", collection.getFullName()).append("firstBatch", answer))
			.append("ok", 1.0);
	}

}
