package dev.lastseat.embedded;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.ObjectDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class BsonTypeTest {

	private static final Document DOCUMENT = new Document("_id", new Document("e", new ObjectId()).append("s", 1))
		.append("text", "a\u00e9\u4e2d")
		.append("int", 1)
		.append("long", 2L)
		.append("double", 0.5)
		.append("yes", true)
		.append("none", null)
		.append("at", Instant.ofEpochMilli(5))
		.append("uuid", new UUID(1, 2))
		.append("list", Arrays.asList("a", null, 1, new Document("u", "a"), List.of()))
		.append("empty", new Document());

	static Stream<Object> values() {
		return Stream.of(DOCUMENT, new Document(), new KeyValue(DOCUMENT), new KeyValue("a"),
				new KeyValue(DOCUMENT, "a"), "a", 1, new ObjectId(), new byte[] { -1, -2 });
	}

	private static ByteBuffer written(DataType<Object> type, Object value) {
		WriteBuffer target = new WriteBuffer();
		type.write(target, value);
		type.write(target, "next");
		return target.getBuffer().flip();
	}

	private static void assertReads(ByteBuffer source, Object value) {
		DataType<Object> type = new BsonType();
		assertThat(type.read(source)).isEqualTo(value);
		assertThat(type.read(source)).isEqualTo("next");
	}

	@ParameterizedTest
	@MethodSource("values")
	void readsWhatItHasWritten(Object value) {
		assertReads(written(new BsonType(), value), value);
	}

	@ParameterizedTest
	@MethodSource("values")
	void readsFilesWithJavaSerialization(Object value) {
		assertReads(written(new ObjectDataType(), value), value);
	}

	@ParameterizedTest
	@MethodSource("values")
	void estimatesTheMemoryOfAValue(Object value) {
		assertThat(new BsonType().getMemory(value)).isPositive();
	}

}
