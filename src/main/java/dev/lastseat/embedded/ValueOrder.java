package dev.lastseat.embedded;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map.Entry;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The library's order of values, without its search for the type of each of them where
 * two are of the same.
 */
final class ValueOrder implements Comparator<Object> {

	static final ValueOrder ASCENDING = new ValueOrder();

	private ValueOrder() {
	}

	@Override
	public int compare(@Nullable Object left, @Nullable Object right) {
		if (left instanceof String text && right instanceof String other) {
			return text.compareTo(other);
		}
		if (left instanceof ObjectId id && right instanceof ObjectId other) {
			return id.compareTo(other);
		}
		if (left instanceof Integer number && right instanceof Integer other) {
			return number.compareTo(other);
		}
		if (left instanceof Instant instant && right instanceof Instant other) {
			return instant.compareTo(other);
		}
		return (left instanceof Document document && right instanceof Document other) ? compare(document, other)
				: ValueComparator.asc().compare(left, right);
	}

	/**
	 * Field by field, as long as the fields are the same.
	 */
	private int compare(Document left, Document right) {
		Iterator<Entry<String, Object>> others = right.entrySet().iterator();
		for (Entry<String, Object> field : left.entrySet()) {
			Entry<String, Object> other = others.hasNext() ? others.next() : null;
			if (other == null || !field.getKey().equals(other.getKey())) {
				return ValueComparator.asc().compare(left, right);
			}
			int order = compare(field.getValue(), other.getValue());
			if (order != 0) {
				return order;
			}
		}
		return others.hasNext() ? ValueComparator.asc().compare(left, right) : 0;
	}

}
