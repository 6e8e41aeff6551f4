package dev.lastseat.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A non-unique index in memory, which the library fills when it opens a collection. It
 * serves queries for strings and ObjectIds in all of its fields, or in the first one:
 * equal to a value, or in a list of values. It does not serve ranges, other types or
 * arrays; for them the library reads all documents.
 */
final class SecondaryIndex extends Index<Object> {

	private static final String ID = "_id";

	/**
	 * The positions of the documents, by their values of all indexed fields and by the
	 * value of the first one.
	 */
	private final Map<List<Object>, Set<Object>> positions = new HashMap<>();

	/** The library makes a new list for each call of {@link #keys()}. */
	private final List<String> fields;

	/**
	 * Whether a document has an array in an indexed field. The index is then not used:
	 * each change of the array would cost time in proportion to its length.
	 */
	private boolean disabled;

	SecondaryIndex(String name, List<IndexKey> keys, boolean sparse) {
		super(name, keys, sparse);
		this.fields = List.copyOf(keys());
	}

	@Override
	public synchronized boolean canHandle(Document query) {
		return !this.disabled && !values(query).isEmpty();
	}

	/**
	 * The library checks the whole query on each of these documents.
	 */
	@Override
	public synchronized Iterable<Object> getPositions(Document query) {
		return values(query).stream()
			.flatMap((values) -> this.positions.getOrDefault(values, Set.of()).stream())
			.toList();
	}

	/**
	 * @return the values that a document can have to match the query, of all fields or of
	 * the first one; empty if the index does not serve the query
	 */
	private List<List<Object>> values(Document query) {
		Map<String, Object> conditions = new HashMap<>();
		collect(query, conditions);
		List<List<Object>> values = values(conditions, this.fields);
		return values.isEmpty() ? values(conditions, this.fields.subList(0, 1)) : values;
	}

	private static List<List<Object>> values(Map<String, Object> conditions, List<String> fields) {
		List<List<Object>> combinations = List.of(List.of());
		for (String field : fields) {
			Collection<?> values = values(conditions.get(field));
			combinations = combinations.stream()
				.flatMap((before) -> values.stream().map((value) -> append(before, value)))
				.toList();
		}
		return combinations;
	}

	/**
	 * Collects the conditions that every match fulfils, including the parts of
	 * {@code $and}. Of several conditions on a field, one is sufficient to find the
	 * documents.
	 */
	private static void collect(Document query, Map<String, Object> conditions) {
		query.forEach((field, condition) -> {
			if (field.equals("$and") && condition instanceof Collection<?> parts) {
				parts.forEach((part) -> collect((Document) part, conditions));
			}
			else {
				conditions.putIfAbsent(field, condition);
			}
		});
	}

	private static Collection<?> values(@Nullable Object condition) {
		Collection<?> values = (condition instanceof Document operators && operators.size() == 1
				&& operators.get("$in") instanceof Collection<?> list) ? new LinkedHashSet<>(list)
						: (condition != null) ? List.of(condition) : List.of();
		return values.stream().allMatch(SecondaryIndex::isIndexed) ? values : List.of();
	}

	/** Values of these types are equal to values of the same type only. */
	private static boolean isIndexed(@Nullable Object value) {
		return value instanceof String || value instanceof ObjectId;
	}

	private static List<Object> append(List<Object> values, Object value) {
		return Stream.concat(values.stream(), Stream.of(value)).toList();
	}

	private List<Object> valuesOf(Document document) {
		List<Object> values = new ArrayList<>(this.fields.size());
		for (String field : this.fields) {
			values.add(field.contains(".") ? Utils.getSubdocumentValue(document, field) : document.getOrMissing(field));
		}
		return values;
	}

	/**
	 * @return the values by which the index finds the document. Without values that a
	 * query can ask for, it does not find the document
	 */
	private static List<List<Object>> served(List<Object> values) {
		if (!isIndexed(values.get(0))) {
			return List.of();
		}
		List<Object> first = List.of(values.get(0));
		for (int i = 1; i < values.size(); i++) {
			if (!isIndexed(values.get(i))) {
				return List.of(first);
			}
		}
		return (values.size() > 1) ? List.of(first, List.copyOf(values)) : List.of(first);
	}

	@Override
	public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
		List<Object> values = valuesOf(document);
		for (Object value : values) {
			if (value instanceof Collection) {
				this.disabled = true;
				this.positions.clear();
			}
		}
		if (!this.disabled) {
			served(values).forEach((served) -> this.positions.merge(served, Set.of(position),
					(found, added) -> both(found, position)));
		}
	}

	/** Most sets contain one position, and need not be changeable. */
	private static Set<Object> both(Set<Object> found, Object position) {
		Set<Object> positions = (found.size() > 1) ? found : new LinkedHashSet<>(found);
		positions.add(position);
		return positions;
	}

	/**
	 * @return the position of the document, which is its id
	 */
	@Override
	public synchronized Object remove(Document document) {
		Object position = document.get(ID);
		served(valuesOf(document)).forEach((served) -> this.positions.computeIfPresent(served, (any, found) -> {
			if (found.size() == 1) {
				return found.contains(position) ? null : found;
			}
			found.remove(position);
			return found;
		}));
		return position;
	}

	@Override
	public synchronized void updateInPlace(Document before, Document after, Object position,
			MongoCollection<Object> collection) {
		if (!this.disabled && !valuesOf(before).equals(valuesOf(after))) {
			remove(before);
			add(after, position, collection);
		}
	}

	/**
	 * @return null: only unique indexes know the position of a document
	 */
	@Override
	public @Nullable Object getPosition(Document document) {
		return null;
	}

	@Override
	public void checkAdd(Document document, MongoCollection<Object> collection) {
		// All values are allowed.
	}

	@Override
	public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
		// All values are allowed.
	}

	@Override
	public synchronized long getCount() {
		return this.positions.entrySet()
			.stream()
			.filter((found) -> found.getKey().size() == 1)
			.mapToInt((found) -> found.getValue().size())
			.sum();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

	@Override
	public synchronized void drop() {
		this.positions.clear();
	}

}
