package dev.lastseat.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ValueOrderTest {

	private static final List<Object> SIMPLE = List.of(1, 2, 2L, 1.5, "a", "b", "",
			new ObjectId("0000000000000000000000ff"), new ObjectId("00000000000000000000007f"),
			new ObjectId("800000000000000000000000"), true, Instant.EPOCH, Instant.MAX);

	private static List<Object> values() {
		List<Object> values = new ArrayList<>(SIMPLE);
		for (Object value : SIMPLE) {
			values.add(new Document("e", value));
			values.add(new Document("e", 1).append("u", value));
			values.add(new Document("u", value).append("e", 1));
		}
		values.add(null);
		return values;
	}

	@Test
	void isThatOfTheLibrary() {
		for (Object left : values()) {
			for (Object right : values()) {
				assertThat(Integer.signum(ValueOrder.ASCENDING.compare(left, right))).as("%s and %s", left, right)
					.isEqualTo(Integer.signum(ValueComparator.asc().compare(left, right)));
			}
		}
	}

}
