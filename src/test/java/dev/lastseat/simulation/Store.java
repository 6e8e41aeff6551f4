package dev.lastseat.simulation;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import reactor.core.publisher.Mono;

/**
 * The store: what evaluates the commands of the embedded engine, called directly, on the
 * caller's thread, with nothing of a network in between. A command and its reply are
 * bytes, as on the wire, so that nobody holds on to what is stored.
 */
final class Store implements Link {

	/** The engine keeps the last result of each connection. */
	private static final Channel CONNECTION = new EmbeddedChannel();

	private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

	private final MongoBackend engine = H2Backend.inMemory();

	/** At once, and without fail. */
	@Override
	public Mono<BsonDocument> send(BsonDocument command) {
		return Mono.fromSupplier(() -> execute(command));
	}

	BsonDocument execute(BsonDocument command) {
		BsonDocument reply = decoded(
				this.engine.handleCommand(CONNECTION, "simulation", command.getFirstKey(), encoded(command)));
		boolean mayFailInPart = !command.getBoolean("ordered", BsonBoolean.TRUE).getValue();
		if (reply.containsKey("writeErrors") && !mayFailInPart) {
			throw new IllegalStateException("the store refuses " + command + " with " + reply);
		}
		return reply;
	}

	private static Document encoded(BsonDocument command) {
		RawBsonDocument bytes = new RawBsonDocument(command, CODEC);
		return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes.getByteBuffer().asNIO()));
	}

	private static BsonDocument decoded(Document reply) {
		ByteBuf bytes = Unpooled.buffer();
		BsonEncoder.encodeDocument(reply, bytes);
		return new RawBsonDocument(bytes.array(), bytes.arrayOffset(), bytes.readableBytes());
	}

	static boolean isWrite(BsonDocument command) {
		return switch (command.getFirstKey()) {
			case "insert", "update", "delete" -> true;
			default -> false;
		};
	}

	/**
	 * @return how many documents a write has found
	 */
	static int found(BsonDocument reply) {
		return reply.getNumber("n").intValue();
	}

}
