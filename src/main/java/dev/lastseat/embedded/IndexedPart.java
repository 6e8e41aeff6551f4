package dev.lastseat.embedded;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What of a query an index can answer: the first fields of the index, as long as they
 * have to equal something, and the bounds of the one behind them.
 *
 * @param fixed how many fields have to equal something; with none, the index is of no use
 * @param bounded whether the field behind them has a bound
 * @param ranges where in the index all that matches is; what does not match may be there
 * too
 */
record IndexedPart(int fixed, boolean bounded, List<Range> ranges) {

	/**
	 * @param first values of the first fields, up to where all values are wanted
	 * @param last likewise
	 */
	record Range(List<?> first, List<?> last) {

		private Range then(Object lowest, Object highest) {
			return new Range(append(this.first, lowest), append(this.last, highest));
		}

		private static List<?> append(List<?> values, Object value) {
			return Stream.concat(values.stream(), Stream.of(value)).toList();
		}

	}

	static IndexedPart of(Document query, List<String> fields) {
		int fixed = 0;
		List<Range> ranges = List.of(new Range(List.of(), List.of()));
		Collection<?> values = (fields.isEmpty()) ? List.of() : values(query.get(fields.get(0)));
		while (!values.isEmpty()) {
			ranges = each(ranges, values);
			fixed++;
			values = (fixed < fields.size()) ? values(query.get(fields.get(fixed))) : List.of();
		}
		Object bounds = (fixed < fields.size()) ? query.get(fields.get(fixed)) : null;
		Object lowest = bound(bounds, List.of("$gt", "$gte"), MinKey.getInstance());
		Object highest = bound(bounds, List.of("$lt", "$lte"), MaxKey.getInstance());
		boolean bounded = !(lowest instanceof MinKey && highest instanceof MaxKey);
		return new IndexedPart(fixed, bounded,
				ranges.stream()
					.map((range) -> range.then(lowest, highest).then(MinKey.getInstance(), MaxKey.getInstance()))
					.toList());
	}

	private static List<Range> each(List<Range> ranges, Collection<?> values) {
		return ranges.stream().flatMap((range) -> values.stream().map((value) -> range.then(value, value))).toList();
	}

	/**
	 * @return what a field has to equal one of; empty when the condition is not of that
	 * kind
	 */
	private static Collection<?> values(@Nullable Object condition) {
		if (condition instanceof Document operators && operators.keySet().equals(Set.of("$in"))
				&& operators.get("$in") instanceof Collection<?> values) {
			return values.stream().allMatch(IndexedPart::isPlain) ? Set.copyOf(values) : List.of();
		}
		return isPlain(condition) ? List.of(condition) : List.of();
	}

	private static boolean isPlain(@Nullable Object value) {
		return value instanceof String || value instanceof Number || value instanceof ObjectId
				|| value instanceof Instant;
	}

	private static Object bound(@Nullable Object condition, List<String> names, Object none) {
		Document operators = (condition instanceof Document document) ? document : new Document();
		return names.stream().map(operators::get).filter(IndexedPart::isPlain).findFirst().orElse(none);
	}

	/**
	 * Whether all that matches is in this order already.
	 */
	boolean isInOrder(List<String> fields, @Nullable Document order) {
		return order != null && this.ranges.size() == 1 && this.fixed < fields.size()
				&& order.equals(new Document(fields.get(this.fixed), 1));
	}

}
