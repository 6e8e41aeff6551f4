package dev.lastseat.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import de.bwaldvogel.mongo.backend.NumericUtils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An update of fields at the top of a document that makes a new one, and leaves the old
 * one alone, which may be on its way to a file at the time. The library changes the
 * stored document itself, and for that copies each element of its arrays twice and
 * compares them all.
 */
final class CopyingUpdate {

	private static final Set<String> OPERATORS = Set.of("$inc", "$push", "$addToSet", "$pull", "$pullAll", "$set",
			"$unset");

	private static final String EACH = "$each";

	private final Document after;

	private boolean modified;

	private CopyingUpdate(Document before) {
		this.after = before.clone();
	}

	/**
	 * @return what comes of it; null where it takes more than is known here, which is for
	 * the library to do, or to refuse
	 */
	static @Nullable CopyingUpdate of(Document update, Document before) {
		CopyingUpdate copy = new CopyingUpdate(before);
		Set<String> fields = new HashSet<>();
		for (Map.Entry<String, Object> changes : update.entrySet()) {
			if (!OPERATORS.contains(changes.getKey()) || !(changes.getValue() instanceof Document values)) {
				return null;
			}
			for (Map.Entry<String, Object> change : values.entrySet()) {
				if (!isPlain(change.getKey()) || !fields.add(change.getKey())
						|| !copy.change(changes.getKey(), change.getKey(), change.getValue())) {
					return null;
				}
			}
		}
		return fields.isEmpty() ? null : copy;
	}

	private static boolean isPlain(String field) {
		return !field.equals("_id") && !field.contains(".") && !field.contains("$");
	}

	Document after() {
		return this.after;
	}

	/** Whether anything is not what it was. */
	boolean modified() {
		return this.modified;
	}

	private boolean change(String operator, String field, @Nullable Object value) {
		return switch (operator) {
			case "$inc" -> increment(field, value);
			case "$push" -> push(field, value);
			case "$addToSet" -> add(field, value);
			case "$pull" -> pull(field, strings(value));
			case "$pullAll" -> pull(field, value);
			case "$set" -> set(field, value);
			default -> unset(field);
		};
	}

	private boolean increment(String field, @Nullable Object value) {
		Object number = this.after.getOrDefault(field, 0);
		return isWhole(number) && isWhole(value)
				&& put(field, NumericUtils.addNumbers((Number) number, (Number) value), !isZero((Number) value));
	}

	private static boolean isWhole(@Nullable Object value) {
		return value instanceof Integer || value instanceof Long;
	}

	private static boolean isZero(Number number) {
		return number.longValue() == 0;
	}

	private boolean push(String field, @Nullable Object value) {
		if (value instanceof Document each && each.containsKey(EACH)) {
			return each.size() == 1 && each.get(EACH) instanceof Collection<?> values && append(field, values);
		}
		return append(field, Collections.singletonList(value));
	}

	private boolean add(String field, @Nullable Object value) {
		boolean there = this.after.get(field) instanceof Collection<?> values && values.contains(value);
		return value instanceof String && append(field, there ? List.of() : List.of(value));
	}

	private boolean append(String field, Collection<?> values) {
		Object array = this.after.getOrDefault(field, List.of());
		if (!(array instanceof List<?> before) || !areSimple(values)) {
			return false;
		}
		List<Object> longer = new ArrayList<>(before.size() + values.size());
		longer.addAll(before);
		longer.addAll(values);
		return put(field, longer, !values.isEmpty() || !this.after.containsKey(field));
	}

	/**
	 * @return what a condition takes out, where that is strings alone; else null
	 */
	private static @Nullable Collection<?> strings(@Nullable Object condition) {
		if (condition instanceof String) {
			return List.of(condition);
		}
		boolean some = condition instanceof Document operators && operators.size() == 1
				&& operators.get("$in") instanceof Collection<?> values
				&& values.stream().allMatch(String.class::isInstance);
		return some ? (Collection<?>) ((Document) condition).get("$in") : null;
	}

	private boolean pull(String field, @Nullable Object value) {
		if (!(this.after.get(field) instanceof List<?> before) || !(value instanceof Collection<?> values)
				|| !areSimple(before) || !areSimple(values)) {
			return false;
		}
		Set<?> gone = new HashSet<>(values);
		List<?> rest = before.stream().filter((element) -> !gone.contains(element)).toList();
		return put(field, rest, rest.size() < before.size());
	}

	private static boolean areSimple(Collection<?> values) {
		return values.stream()
			.allMatch((value) -> isSimple(value) || value instanceof Document document && document.entrySet()
				.stream()
				.allMatch((field) -> isPlain(field.getKey()) && isSimple(field.getValue())));
	}

	/** Of a kind that is equal to nothing of another kind. */
	private static boolean isSimple(@Nullable Object value) {
		return value instanceof String || value instanceof Integer;
	}

	private boolean set(String field, @Nullable Object value) {
		Object before = this.after.get(field);
		boolean known = value == null || isSimple(value) || value instanceof Long || value instanceof Boolean
				|| value instanceof Instant || value instanceof Collection<?> values && areSimple(values);
		boolean ofOneKind = !(before instanceof Number) || before.getClass().isInstance(value);
		return known && ofOneKind
				&& put(field, value, !this.after.containsKey(field) || !Objects.equals(value, before));
	}

	private boolean unset(String field) {
		this.modified |= this.after.containsKey(field);
		this.after.remove(field);
		return true;
	}

	private boolean put(String field, @Nullable Object value, boolean modifies) {
		this.after.put(field, value);
		this.modified |= modifies;
		return true;
	}

}
