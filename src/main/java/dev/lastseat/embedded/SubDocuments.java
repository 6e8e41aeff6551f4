package dev.lastseat.embedded;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Conditions and updates for the fields of a sub-document, such as {@code holds.ada}. An
 * update copies the sub-document once, and leaves the fields of its fields as they are.
 * The library copies and compares all of them.
 */
final class SubDocuments {

	/** The sub-documents that were copied. */
	private final Set<String> copied = new HashSet<>();

	private final Document document;

	/**
	 * @param document a copy, which is changed
	 */
	SubDocuments(Document document) {
		this.document = document;
	}

	/**
	 * Serves {@code $exists}, and the equality of an instant, for a path of two or three
	 * names, and for the elements of an array of strings {@code $exists} and the equality
	 * of a string.
	 * @return null if the library must evaluate the condition
	 */
	static @Nullable Boolean matches(Document document, String path, @Nullable Object condition) {
		String[] names = path.split("\\.", -1);
		if (names.length == 2 && document.get(names[0]) instanceof List<?> array) {
			return StringArrays.matchesElement(array, names[1], exists(condition), condition);
		}
		Object value = document;
		for (String name : names) {
			if (name.startsWith("$") || !(value instanceof Document inner)) {
				return null;
			}
			if (!inner.containsKey(name)) {
				return missing(condition);
			}
			value = inner.get(name);
		}
		if (exists(condition) != null) {
			return exists(condition);
		}
		return (condition instanceof Instant && value instanceof Instant) ? value.equals(condition) : null;
	}

	private static @Nullable Boolean missing(@Nullable Object condition) {
		if (condition instanceof Instant) {
			return false;
		}
		Boolean exists = exists(condition);
		return (exists != null) ? !exists : null;
	}

	private static @Nullable Boolean exists(@Nullable Object condition) {
		return (condition instanceof Document operators && operators.size() == 1
				&& operators.get("$exists") instanceof Boolean exists) ? exists : null;
	}

	/**
	 * Serves {@code $set} of a document and {@code $unset}.
	 * @param path two names
	 * @return false if the library must apply the update
	 */
	boolean update(String operator, String path, @Nullable Object operand) {
		int dot = path.indexOf('.');
		String field = path.substring(0, dot);
		String name = path.substring(dot + 1);
		Object before = this.document.get(field);
		if (name.isEmpty() || name.contains(".") || name.startsWith("$")
				|| (this.document.containsKey(field) && !(before instanceof Document))) {
			return false;
		}
		if (operator.equals("$set") && operand instanceof Document) {
			copyOf(field, before).put(name, operand);
			return true;
		}
		if (operator.equals("$unset")) {
			if (before != null) {
				copyOf(field, before).remove(name);
			}
			return true;
		}
		return false;
	}

	private Document copyOf(String field, @Nullable Object before) {
		if (before instanceof Document already && this.copied.contains(field)) {
			return already;
		}
		Document copy = (before instanceof Document existing) ? existing.clone() : new Document();
		this.document.put(field, copy);
		this.copied.add(field);
		return copy;
	}

}
