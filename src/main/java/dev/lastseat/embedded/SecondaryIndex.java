package dev.lastseat.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An index of values that need not be unique, in memory: the engine has it built from the
 * documents when a collection is opened. Of arrays there is none: it would cost every
 * change of an array as much as the array is long, so queries for their elements look at
 * all documents instead.
 */
final class SecondaryIndex extends Index<Object> {

	private static final String ID = "_id";

	/**
	 * By field after field; of two that are equal as far as the shorter one goes, the
	 * shorter one comes first.
	 */
	private static final Comparator<List<?>> ORDER = (left, right) -> {
		int common = Math.min(left.size(), right.size());
		for (int field = 0; field < common; field++) {
			int order = ValueOrder.ASCENDING.compare(left.get(field), right.get(field));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(left.size(), right.size());
	};

	/** The values of each document, and its id behind them. */
	private final NavigableSet<List<?>> entries = new TreeSet<>(ORDER);

	private boolean ofArrays;

	SecondaryIndex(String name, List<IndexKey> keys, boolean sparse) {
		super(name, keys, sparse);
	}

	@Override
	public synchronized boolean canHandle(Document query) {
		return !this.ofArrays && IndexedPart.of(query, keys()).fixed() > 0;
	}

	/**
	 * Finds all that the query matches, and maybe others; to be read before anything is
	 * changed.
	 */
	@Override
	public synchronized Iterable<Object> getPositions(Document query) {
		List<NavigableSet<List<?>>> found = IndexedPart.of(query, keys())
			.ranges()
			.stream()
			.map((range) -> this.entries.subSet(range.first(), true, range.last(), true))
			.toList();
		Stream<List<?>> entries = (found.size() == 1) ? found.get(0).stream() : found.stream().flatMap(Set::stream);
		return entries.<Object>map((entry) -> entry.get(entry.size() - 1))::iterator;
	}

	/**
	 * How much of a query it answers: a field that is fixed counts more than one that is
	 * bounded or in order.
	 */
	synchronized int fit(Document query, @Nullable Document order) {
		IndexedPart part = IndexedPart.of(query, keys());
		return this.ofArrays ? 0
				: 3 * part.fixed() + (part.bounded() ? 1 : 0) + (part.isInOrder(keys(), order) ? 1 : 0);
	}

	/**
	 * Whether the positions of a query are in an order already.
	 */
	boolean isInOrder(Document query, @Nullable Document order) {
		return IndexedPart.of(query, keys()).isInOrder(keys(), order);
	}

	@Override
	public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
		if (!this.ofArrays) {
			List<Object> entry = entry(document);
			if (entry.stream().anyMatch(Collection.class::isInstance)) {
				this.ofArrays = true;
				this.entries.clear();
			}
			else {
				this.entries.add(entry);
			}
		}
	}

	@Override
	public synchronized Object remove(Document document) {
		this.entries.remove(entry(document));
		return document.get(ID);
	}

	@Override
	public synchronized void updateInPlace(Document before, Document after, Object position,
			MongoCollection<Object> collection) {
		if (!this.ofArrays && ORDER.compare(entry(before), entry(after)) != 0) {
			remove(before);
			add(after, position, collection);
		}
	}

	private List<Object> entry(Document document) {
		List<Object> entry = new ArrayList<>();
		keys().forEach((key) -> entry.add(Utils.getSubdocumentValue(document, key)));
		entry.add(document.get(ID));
		return entry;
	}

	/**
	 * @return null: it is for unique indexes to say where a document is
	 */
	@Override
	public @Nullable Object getPosition(Document document) {
		return null;
	}

	@Override
	public void checkAdd(Document document, MongoCollection<Object> collection) {
		// Any values may be added.
	}

	@Override
	public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
		// Any values may come after.
	}

	@Override
	public synchronized long getCount() {
		return this.entries.size();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

	@Override
	public synchronized void drop() {
		this.entries.clear();
	}

}
