package dev.lastseat.embedded;

import java.util.List;
import java.util.stream.StreamSupport;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecondaryIndexTest {

	private static final Document ADA = registration(1, "gala", "ada");

	private final SecondaryIndex index = new SecondaryIndex("by_event_and_user",
			List.of(new IndexKey("event", true), new IndexKey("user", true)), false);

	SecondaryIndexTest() {
		add(ADA);
		add(registration(2, "gala", "bob"));
		add(registration(3, "ball", "ada"));
		add(registration(4, "gala", "ada"));
	}

	private static Document registration(int id, Object event, Object user) {
		return new Document("_id", id).append("event", event).append("user", user);
	}

	private static Document query(Object event, Object user) {
		return new Document("event", event).append("user", user);
	}

	private static Document in(Object... values) {
		return new Document("$in", List.of(values));
	}

	private void add(Document document) {
		this.index.add(document, document.get("_id"), null);
	}

	private List<Object> found(Document query) {
		assertThat(this.index.canHandle(query)).isTrue();
		return StreamSupport.stream(this.index.getPositions(query).spliterator(), false).toList();
	}

	@Test
	void findsDocumentsByTheValuesOfAllFields() {
		assertThat(found(query("gala", "ada"))).containsExactly(1, 4);
		assertThat(found(query("gala", "bob").append("other", 5))).containsExactly(2);
		assertThat(found(query("gala", "eve"))).isEmpty();
	}

	@Test
	void findsEachDocumentOnceForAListOfValues() {
		assertThat(found(query("gala", in("bob", "ada", "bob", "eve")))).containsExactly(2, 1, 4);
		assertThat(found(query(in("ball", "gala"), "ada"))).containsExactly(3, 1, 4);
	}

	@Test
	void findsDocumentsByTheValueOfTheFirstField() {
		add(registration(5, "gala", 5));

		assertThat(found(new Document("event", "gala"))).containsExactly(1, 2, 4, 5);
		assertThat(found(query(in("ball", "gala"), new Document("$gt", "a")))).containsExactly(3, 1, 2, 4, 5);
		assertThat(found(query("gala", null))).containsExactly(1, 2, 4, 5);
		assertThat(found(query("gala", new Document("$in", List.of("ada")).append("$ne", "bob")))).contains(1, 4);
	}

	@Test
	void findsDocumentsByTheConditionsOfAnAnd() {
		assertThat(found(new Document("$and",
				List.of(new Document("event", "gala"), new Document("user", in("bob")), new Document("n", 1)))))
			.containsExactly(2);
	}

	@Test
	void doesNotServeOtherQueries() {
		assertThat(this.index.canHandle(new Document())).isFalse();
		assertThat(this.index.canHandle(new Document("user", "ada"))).isFalse();
		assertThat(this.index.canHandle(query(null, "ada"))).isFalse();
		assertThat(this.index.canHandle(query(5, "ada"))).isFalse();
		assertThat(this.index.canHandle(query(new Document("$ne", "gala"), "ada"))).isFalse();
		assertThat(this.index.canHandle(query(in("gala", 5), "ada"))).isFalse();
		assertThat(this.index.canHandle(query(in("gala").append("$ne", "ball"), "ada"))).isFalse();
		assertThat(this.index.canHandle(new Document("$or", List.of(query("gala", "ada"))))).isFalse();
	}

	@Test
	void followsUpdatesAndDeletions() {
		this.index.updateInPlace(ADA, registration(1, "ball", "ada"), 1, null);
		this.index.remove(registration(4, "gala", "ada"));

		assertThat(found(query("gala", "ada"))).isEmpty();
		assertThat(found(query("ball", "ada"))).containsExactly(3, 1);
		assertThat(found(new Document("event", "gala"))).containsExactly(2);
		assertThat(this.index.getCount()).isEqualTo(3);
	}

	@Test
	void isNotUsedOnceADocumentHasAnArray() {
		add(registration(5, "gala", List.of("ada", "bob")));

		assertThat(this.index.canHandle(query("gala", "ada"))).isFalse();
		assertThat(this.index.getCount()).isZero();
	}

}
