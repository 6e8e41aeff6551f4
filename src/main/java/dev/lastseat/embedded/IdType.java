package dev.lastseat.embedded;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.h2.mvstore.type.ObjectDataType;

/**
 * How H2 orders the ids of documents. By itself it serializes the two that it compares,
 * ten or twenty times to find one. ObjectIds come in the same order here, so files that
 * were written that way stay readable.
 */
final class IdType extends ObjectDataType {

	@Override
	public int compare(Object left, Object right) {
		Object first = onlyValue(left);
		Object second = onlyValue(right);
		boolean quick = (first instanceof ObjectId && second instanceof ObjectId)
				|| (first instanceof Document && second instanceof Document);
		return quick ? ValueOrder.ASCENDING.compare(first, second) : super.compare(left, right);
	}

	/**
	 * An index of one field wraps its value.
	 */
	private static Object onlyValue(Object key) {
		return (key instanceof KeyValue values && values.size() == 1) ? values.get(0) : key;
	}

}
