package dev.lastseat.embedded;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a query that a field has none of some strings. The library compares
 * each string with each element of an array; a set does not have to.
 *
 * @param strings for each field, the strings that it must not have
 * @param rest the query without these conditions
 */
record Exclusions(Map<String, Set<?>> strings, Document rest) {

	static Exclusions of(Document query) {
		Map<String, Set<?>> strings = new HashMap<>();
		Document rest = new Document();
		query.forEach((field, condition) -> {
			Collection<?> excluded = field.contains(".") ? null : excluded(condition);
			if (excluded != null && excluded.stream().allMatch(String.class::isInstance)) {
				strings.put(field, new HashSet<>(excluded));
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
		return (operators.get("$ne") instanceof String value) ? List.of(value) : null;
	}

	boolean hold(Document document) {
		return this.strings.entrySet()
			.stream()
			.allMatch((excluded) -> hasNone(document.get(excluded.getKey()), excluded.getValue()));
	}

	private static boolean hasNone(@Nullable Object value, Set<?> excluded) {
		return (value instanceof Collection<?> values) ? values.stream().noneMatch(excluded::contains)
				: !excluded.contains(value);
	}

}
