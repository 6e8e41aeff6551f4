package dev.lastseat.embedded;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.aggregation.stage.ProjectStage;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Computes the same intersections as the library.
 */
class StringIntersectionTest {

	private static final Document EVENT = new Document("_id", 1).append("n", 5)
		.append("users", Arrays.asList("eve", "ada", null, "bob", 7, "ada"))
		.append("one", List.of("ada"))
		.append("empty", List.of());

	private static Document intersection(Object... sets) {
		return new Document("$setIntersection", Arrays.asList(sets));
	}

	private static Document literal(Object... values) {
		return new Document("$literal", Arrays.asList(values));
	}

	private static List<Document> pipeline(Document projection) {
		return List.of(new Document("$match", new Document()), new Document("$project", projection));
	}

	static Stream<Object> arrays() {
		return Stream.of("$users", "$one", "$empty", "$absent", new Document("$concatArrays",
				List.of(new Document("$ifNull", List.of("$absent", List.of())), "$users")));
	}

	@ParameterizedTest
	@MethodSource("arrays")
	void findsTheCommonStrings(Object array) {
		Document projection = new Document("_id", 0).append("n", 1)
			.append("common", intersection(literal("bob", "ada", "bob", "zoe"), array))
			.append("other", intersection(literal("zoe"), array))
			.append("none", intersection(literal(), array));

		assertThat(StringIntersection.projection(pipeline(projection))).isEqualTo(projection);
		assertThat(StringIntersection.project(EVENT, projection).map(StringIntersectionTest::withLists).toList())
			.isEqualTo(new ProjectStage(projection).apply(Stream.of(EVENT))
				.map(StringIntersectionTest::withLists)
				.toList());
	}

	/** The library returns sets, which it sends as arrays. */
	private static Document withLists(Document found) {
		found.replaceAll((field, value) -> (value instanceof Collection<?> values) ? List.copyOf(values) : value);
		return found;
	}

	@Test
	void reportsAnOperandThatIsNoArray() {
		Document projection = new Document("common", intersection(literal("ada"), "$n"));

		assertThatExceptionOfType(MongoServerError.class)
			.isThrownBy(() -> StringIntersection.project(EVENT, projection).toList())
			.withMessageContaining("$setIntersection");
	}

	@Test
	void leavesOtherFormsToTheLibrary() {
		assertThat(StringIntersection.projection(pipeline(new Document("n", 1)))).isNull();
		assertThat(StringIntersection.projection(pipeline(projected(intersection(literal("ada"), "$users", "$one")))))
			.isNull();
		assertThat(StringIntersection.projection(pipeline(projected(intersection("$one", "$users"))))).isNull();
		assertThat(StringIntersection.projection(pipeline(projected(intersection(literal("ada", 7), "$users")))))
			.isNull();
		assertThat(StringIntersection
			.projection(List.of(pipeline(projected(intersection(literal("ada"), "$users"))).get(1)))).isNull();
	}

	private static Document projected(Document expression) {
		return new Document("common", expression);
	}

}
