package dev.lastseat.embedded;

import java.nio.ByteBuffer;
import java.util.List;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.ObjectDataType;
import org.jspecify.annotations.Nullable;

/**
 * Stores documents as BSON. H2 would store them with Java serialization, which takes most
 * of the time and of the space of a sealed registration. Reads both.
 */
class BsonType extends ObjectDataType {

	/** The first byte of a stored value says its type. H2 uses positive numbers. */
	private static final byte DOCUMENT = -1;

	/** The key of an index of one field, whose value is a document. */
	private static final byte DOCUMENT_KEY = -2;

	/**
	 * Memory of a field or an element, in bytes. H2 splits pages by their memory, and an
	 * estimate is sufficient for it.
	 */
	private static final int MEMORY_PER_VALUE = 64;

	@Override
	public void write(WriteBuffer target, Object value) {
		if (value instanceof Document document) {
			write(target, DOCUMENT, document);
		}
		else if (onlyValue(value) instanceof Document document) {
			write(target, DOCUMENT_KEY, document);
		}
		else {
			super.write(target, value);
		}
	}

	private static void write(WriteBuffer target, byte type, Document document) {
		ByteBuf bson = Unpooled.buffer();
		BsonEncoder.encodeDocument(document, bson);
		target.put(type).put(bson.nioBuffer());
	}

	@Override
	public Object read(ByteBuffer source) {
		byte type = source.get(source.position());
		if (type != DOCUMENT && type != DOCUMENT_KEY) {
			return super.read(source);
		}
		source.get();
		ByteBuf bson = Unpooled.wrappedBuffer(source);
		Document document = BsonDecoder.decodeBson(bson);
		source.position(source.limit() - bson.readableBytes());
		return (type == DOCUMENT) ? document : new KeyValue(document);
	}

	@Override
	public int getMemory(Object value) {
		return (onlyValue(value) instanceof Document document) ? memory(document) : super.getMemory(value);
	}

	private static int memory(@Nullable Object value) {
		if (value instanceof Document document) {
			return MEMORY_PER_VALUE + document.values().stream().mapToInt(BsonType::memory).sum();
		}
		return MEMORY_PER_VALUE
				+ ((value instanceof List<?> list && !list.isEmpty()) ? list.size() * memory(list.get(0)) : 0);
	}

	/**
	 * An index of one field wraps its value in a {@link KeyValue}.
	 */
	static Object onlyValue(Object key) {
		return (key instanceof KeyValue values && values.size() == 1) ? values.get(0) : key;
	}

}
