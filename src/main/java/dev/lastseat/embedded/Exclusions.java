package dev.lastseat.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a query that a field has none of some strings. The library compares
 * each string with each element of an array; a set does not have to.
 *
 * @param strings for each field, the strings that it must not have
 * @param rest the query without these conditions
 */
record Exclusions(Map<String, Collection<?>> strings, Document rest) {

	static Exclusions of(Document query) {
		Map<String, Collection<?>> strings = new HashMap<>();
		Document rest = new Document();
		query.forEach((field, condition) -> {
			Collection<?> excluded = field.contains(".") ? null : excluded(condition);
			if (excluded != null && excluded.stream().allMatch(String.class::isInstance)) {
				strings.put(field, (excluded.size() == 1) ? new ArrayList<>(excluded) : new HashSet<>(excluded));
			}
			else {
				rest.put(field, condition);
			}
		});
		return new Exclusions(strings, rest);
	}

	private static @Nullable Collection<?> excluded(@Nullable Object condition) {
		if (!(condition instanceof Document operators) || operators.size() != 1) {
			return null;
		}
		if (operators.get("$nin") instanceof Collection<?> values) {
			return values;
		}
		return (operators.get("$ne") instanceof String value) ? Collections.singletonList(value) : null;
	}

	boolean hold(Document document) {
		return this.strings.entrySet()
			.stream()
			.allMatch((excluded) -> hasNone(document.get(excluded.getKey()), excluded.getValue()));
	}

	/** Of one string an array is asked; of many, each of its elements a set. */
	private static boolean hasNone(@Nullable Object value, Collection<?> excluded) {
		return (value instanceof Collection<?> values) ? Collections.disjoint(values, excluded)
				: !excluded.contains(value);
	}

}
