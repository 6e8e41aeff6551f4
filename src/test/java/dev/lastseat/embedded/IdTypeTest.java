package dev.lastseat.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdTypeTest {

	/** Files contain ids in the order of the library. */
	@Test
	void ordersDocumentsAsTheLibraryDoes() {
		List<Document> ids = new ArrayList<>();
		for (Object first : List.of("a", "ab", "B", 1, 2, 2L, 1.5, true, new ObjectId(), new ObjectId(), Instant.EPOCH,
				List.of("a"), new Document("x", 1))) {
			ids.add(new Document("e", first));
			ids.add(new Document("f", first));
			ids.add(new Document("e", first).append("s", 1));
			ids.add(new Document("e", first).append("s", 2).append("t", "a"));
		}
		ids.add(new Document());
		ids.add(new Document("e", null));

		assertThat(ids).allSatisfy((left) -> assertThat(ids)
			.allSatisfy((right) -> assertThat(Integer.signum(new IdType().compare(left, right)))
				.isEqualTo(Integer.signum(ValueComparator.asc().compare(left, right)))));
	}

}
