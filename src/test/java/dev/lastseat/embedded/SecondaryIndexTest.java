package dev.lastseat.embedded;

import java.util.List;
import java.util.stream.StreamSupport;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecondaryIndexTest {

	private final SecondaryIndex index = new SecondaryIndex("by_number",
			List.of(new IndexKey("event", true), new IndexKey("number", true)), false);

	SecondaryIndexTest() {
		add(new Document("_id", 1).append("event", "x").append("number", 30));
		add(new Document("_id", 2).append("event", "x").append("number", 10));
		add(new Document("_id", 3).append("event", "y").append("number", 20));
		add(new Document("_id", 4).append("event", "x").append("number", 20));
	}

	private void add(Document document) {
		this.index.add(document, document.get("_id"), null);
	}

	@Test
	void looksAtNothingElse() {
		assertThat(found(new Document("event", "x"))).containsExactly(2, 4, 1);
		assertThat(found(new Document("event", "x").append("number", 20))).containsExactly(4);
		assertThat(found(new Document("event", "x").append("number", new Document("$gt", 10).append("$lte", 20))))
			.doesNotContain(1, 3);
		assertThat(found(new Document("event", new Document("$in", List.of("y", "z"))))).containsExactly(3);
	}

	private List<Object> found(Document query) {
		assertThat(this.index.canHandle(query)).isTrue();
		return StreamSupport.stream(this.index.getPositions(query).spliterator(), false).toList();
	}

	@Test
	void isOfNoUseForOtherQueries() {
		assertThat(this.index.canHandle(new Document("number", 20))).isFalse();
		assertThat(this.index.canHandle(new Document("event", new Document("$ne", "x")))).isFalse();
		assertThat(this.index.canHandle(new Document())).isFalse();
	}

	@Test
	void knowsItsOrder() {
		Document event = new Document("event", "x");

		assertThat(this.index.isInOrder(event, new Document("number", 1))).isTrue();
		assertThat(this.index.isInOrder(event, new Document("number", -1))).isFalse();
		assertThat(this.index.isInOrder(event, new Document("event", 1))).isFalse();
		assertThat(this.index.isInOrder(new Document("event", new Document("$in", List.of("x", "y"))),
				new Document("number", 1)))
			.isFalse();
	}

	@Test
	void givesUpOnArrays() {
		add(new Document("_id", 5).append("event", List.of("x", "y")).append("number", 1));

		assertThat(this.index.canHandle(new Document("event", "x"))).isFalse();
		assertThat(this.index.getCount()).isZero();
	}

}
