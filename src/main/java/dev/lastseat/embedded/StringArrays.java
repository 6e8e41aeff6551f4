package dev.lastseat.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import de.bwaldvogel.mongo.backend.NumericUtils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Conditions and updates for arrays of strings, in time proportional to the length of the
 * array, and for the other fields of the same commands. The library compares each string
 * of a command with each element of the array, and copies and compares the array several
 * times.
 */
final class StringArrays {

	private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

	private StringArrays() {
	}

	/**
	 * Whether the document fulfils the condition. Serves {@code $ne} of a string,
	 * {@code $nin} and {@code $all} of strings, conditions that accept an absent field,
	 * and conditions for {@linkplain SubDocuments sub-documents} and elements of arrays.
	 * @return null if the library must evaluate the condition
	 */
	static @Nullable Boolean matches(Document document, String field, @Nullable Object condition) {
		if (field.contains(".")) {
			return SubDocuments.matches(document, field, condition);
		}
		if (isTopLevel(field) && !document.containsKey(field) && acceptsAbsence(condition)) {
			return true;
		}
		if (!(condition instanceof Document operators) || operators.size() != 1 || !isTopLevel(field)) {
			return null;
		}
		Object value = document.get(field);
		if (operators.get("$all") instanceof Collection<?> required && !required.isEmpty()) {
			Collection<?> array = (value instanceof Collection<?>) ? strings(value) : null;
			return (array != null && strings(required) != null)
					? ((required.size() > 1) ? setOf(array) : array).containsAll(required) : null;
		}
		Collection<?> excluded = strings(operators.getOrDefault("$nin", oneString(operators.get("$ne"))));
		if (excluded == null) {
			return null;
		}
		return Collections.disjoint(setOf(excluded),
				(value instanceof Collection<?> values) ? values : Collections.singletonList(value));
	}

	/**
	 * Whether an element of an array of strings fulfils the condition.
	 * @param exists whether the condition is that the element exists, or that it does
	 * not; null for another condition
	 * @return null if the library must evaluate the condition
	 */
	static @Nullable Boolean matchesElement(List<?> array, String index, @Nullable Boolean exists,
			@Nullable Object condition) {
		if (!INDEX.matcher(index).matches()) {
			return null;
		}
		int position = Integer.parseInt(index);
		String element = (position < array.size() && array.get(position) instanceof String string) ? string : null;
		Boolean matches = (exists != null) ? Boolean.valueOf(exists == (element != null))
				: (condition instanceof String) ? Boolean.valueOf(condition.equals(element)) : null;
		// An element that is a document may have a field with this name.
		return (matches == null || (element != null && matches) || strings(array) != null) ? matches : null;
	}

	/** One of some values of which one is null, or not in order with an instant. */
	private static boolean acceptsAbsence(@Nullable Object condition) {
		if (!(condition instanceof Document operators) || operators.size() != 1) {
			return false;
		}
		return (operators.get("$in") instanceof Collection<?> values && values.contains(null))
				|| (operators.get("$not") instanceof Document not && not.size() == 1
						&& (not.get("$gt") instanceof Instant || not.get("$lte") instanceof Instant));
	}

	/**
	 * Applies an update that increments numbers, lowers instants, changes arrays by
	 * strings, sets fields to arrays of strings, or changes fields of
	 * {@linkplain SubDocuments sub-documents}.
	 * @return a changed copy of the document; null if the library must apply the update
	 */
	static @Nullable Document update(Document document, Document update) {
		Document changed = document.clone();
		Set<String> fields = new HashSet<>();
		SubDocuments inner = new SubDocuments(changed);
		for (Map.Entry<String, Object> operator : update.entrySet()) {
			if (!(operator.getValue() instanceof Document changes)) {
				return null;
			}
			for (Map.Entry<String, Object> change : changes.entrySet()) {
				String field = change.getKey();
				if (!fields.add(field)
						|| !(field.contains(".") ? inner.update(operator.getKey(), field, change.getValue())
								: update(changed, field, operator.getKey(), change.getValue()))) {
					return null;
				}
			}
		}
		return (fields.isEmpty() || changesTwice(fields)) ? null : changed;
	}

	/** Whether both a field and a field of its sub-document change. */
	private static boolean changesTwice(Set<String> fields) {
		return fields.stream()
			.anyMatch((field) -> field.contains(".") && fields.contains(field.substring(0, field.indexOf('.'))));
	}

	private static boolean update(Document changed, String field, String operator, @Nullable Object operand) {
		Object value = changed.containsKey(field) ? value(operator, changed.get(field), operand)
				: initial(operator, operand);
		if (value == null || !isTopLevel(field)) {
			return false;
		}
		changed.put(field, value);
		return true;
	}

	/** The value of a field that was absent. */
	private static @Nullable Object initial(String operator, @Nullable Object operand) {
		return switch (operator) {
			case "$inc" -> isWhole(operand) ? operand : null;
			case "$min" -> (operand instanceof Instant) ? operand : null;
			case "$push" -> append(List.of(), valuesOf("$each", operand));
			default -> value(operator, null, operand);
		};
	}

	private static @Nullable Object value(String operator, @Nullable Object before, @Nullable Object operand) {
		return switch (operator) {
			case "$inc" -> (isWhole(before) && isWhole(operand))
					? NumericUtils.addNumbers((Number) before, (Number) operand) : null;
			case "$min" -> (before instanceof Instant earlier && operand instanceof Instant other)
					? (other.isBefore(earlier) ? other : earlier) : null;
			case "$push" -> append(before, valuesOf("$each", operand));
			case "$addToSet" -> (operand instanceof String && before instanceof List<?> array)
					? append(array, array.contains(operand) ? List.of() : List.of(operand)) : null;
			case "$pull" -> remove(before, valuesOf("$in", operand));
			case "$pullAll" -> remove(before, operand);
			case "$set" -> strings(operand);
			default -> null;
		};
	}

	private static boolean isWhole(@Nullable Object value) {
		return value instanceof Integer || value instanceof Long;
	}

	/** The values of an operand that consists of an operator only, or the one string. */
	private static @Nullable Object valuesOf(String operator, @Nullable Object operand) {
		return (operand instanceof Document values && values.keySet().equals(Set.of(operator))) ? values.get(operator)
				: oneString(operand);
	}

	private static @Nullable List<Object> oneString(@Nullable Object value) {
		return (value instanceof String) ? Collections.singletonList(value) : null;
	}

	private static @Nullable List<Object> append(@Nullable Object before, @Nullable Object added) {
		if (!(before instanceof List<?> array) || !(added instanceof Collection<?> elements)) {
			return null;
		}
		List<Object> longer = new ArrayList<>(array.size() + elements.size());
		longer.addAll(array);
		longer.addAll(elements);
		return longer;
	}

	private static @Nullable List<Object> remove(@Nullable Object before, @Nullable Object removed) {
		Collection<?> array = strings(before);
		Collection<?> elements = strings(removed);
		if (array == null || elements == null) {
			return null;
		}
		List<Object> shorter = new ArrayList<>(array);
		shorter.removeAll(setOf(elements));
		return shorter;
	}

	private static boolean isTopLevel(String field) {
		return !field.equals("_id") && !field.contains(".") && !field.startsWith("$");
	}

	/** A set of one string would compute the hash of each element of the array. */
	private static Collection<?> setOf(Collection<?> strings) {
		return (strings.size() > 1) ? new HashSet<>(strings) : strings;
	}

	private static @Nullable Collection<?> strings(@Nullable Object value) {
		return (value instanceof Collection<?> values && values.stream().allMatch(String.class::isInstance)) ? values
				: null;
	}

}
