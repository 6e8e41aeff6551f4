package dev.lastseat.embedded;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Takes strings out of arrays. The library compares each element with each string that is
 * to go; here the array that remains is put in its place.
 */
final class Removals {

	private static final String PULL = "$pull";

	private static final String SET = "$set";

	private Removals() {
	}

	/**
	 * @param document that will be updated, as it is now
	 * @return an update of the same effect
	 */
	static Document resolve(Document update, Document document) {
		if (!(update.get(PULL) instanceof Document pulls)) {
			return update;
		}
		Document remaining = (update.get(SET) instanceof Document set) ? set.clone() : new Document();
		Document rest = new Document();
		pulls.forEach((field, condition) -> {
			Collection<?> strings = strings(condition);
			if (!strings.isEmpty() && document.get(field) instanceof List<?> array) {
				Set<?> gone = new HashSet<>(strings);
				remaining.put(field, array.stream().filter((element) -> !gone.contains(element)).toList());
			}
			else {
				rest.put(field, condition);
			}
		});
		Document resolved = update.clone();
		replace(resolved, PULL, rest);
		replace(resolved, SET, remaining);
		return resolved;
	}

	/**
	 * @return what is to go, where that is strings alone; else nothing
	 */
	private static Collection<?> strings(@Nullable Object condition) {
		if (condition instanceof String value) {
			return List.of(value);
		}
		boolean some = condition instanceof Document operators && operators.size() == 1
				&& operators.get("$in") instanceof Collection<?> values
				&& values.stream().allMatch(String.class::isInstance);
		return some ? (Collection<?>) ((Document) condition).get("$in") : List.of();
	}

	private static void replace(Document update, String operator, Document change) {
		if (change.isEmpty()) {
			update.remove(operator);
		}
		else {
			update.put(operator, change);
		}
	}

}
