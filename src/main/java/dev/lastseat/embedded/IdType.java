package dev.lastseat.embedded;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Compares ids that are documents by their values. H2 compares serialized bytes. An
 * update stores a copy of the id, whose bytes differ, and {@link SecondaryIndex} returns
 * this copy as the position of the document.
 */
final class IdType extends ObjectDataType {

	@Override
	public int compare(Object left, Object right) {
		return (onlyValue(left) instanceof Document first && onlyValue(right) instanceof Document second)
				? ValueComparator.asc().compare(first, second) : super.compare(left, right);
	}

	/**
	 * An index of one field wraps its value in a {@link KeyValue}.
	 */
	private static Object onlyValue(Object key) {
		return (key instanceof KeyValue values && values.size() == 1) ? values.get(0) : key;
	}

}
