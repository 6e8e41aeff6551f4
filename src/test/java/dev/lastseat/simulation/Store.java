package dev.lastseat.simulation;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.ReadConcern;
import com.mongodb.ReadConcernLevel;
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/**
 * The backend of the embedded engine, called on the thread of the caller, without a
 * network. Commands and replies are copied as bytes, as on the wire, so that no caller
 * holds a reference to a stored document.
 */
final class Store {

	/** The engine keeps the last result of each connection. */
	private static final Channel CONNECTION = new EmbeddedChannel();

	private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

	private static final String READ_CONCERN = "readConcern";

	private static final List<String> COLLECTIONS = List.of("events", "registrations", "journal");

	private final MongoBackend engine;

	private final AtomicInteger databases;

	private final String database;

	Store() {
		this(H2Backend.inMemory(), new AtomicInteger());
	}

	private Store(MongoBackend engine, AtomicInteger databases) {
		this.engine = engine;
		this.databases = databases;
		this.database = "simulation-" + databases.incrementAndGet();
	}

	/**
	 * @return a copy of this store
	 */
	Store copy() {
		Store copy = new Store(this.engine, this.databases);
		for (String collection : COLLECTIONS) {
			BsonString name = new BsonString(collection);
			BsonArray documents = execute(new BsonDocument("find", name)).getDocument("cursor").getArray("firstBatch");
			if (!documents.isEmpty()) {
				copy.execute(new BsonDocument("insert", name).append("documents", documents));
			}
		}
		return copy;
	}

	/** Executes a command at once, without faults. */
	BsonDocument execute(BsonDocument command) {
		BsonDocument plain = PipelineUpdate.isOne(command) ? new PipelineUpdate(command).plain(this) : command;
		return executePlain(plain);
	}

	private BsonDocument executePlain(BsonDocument command) {
		BsonDocument reply = decoded(this.engine.handleCommand(CONNECTION, this.database, command.getFirstKey(),
				encoded(withoutReadConcern(command))));
		boolean mayFailInPart = !command.getBoolean("ordered", BsonBoolean.TRUE).getValue();
		if (reply.containsKey("writeErrors") && !mayFailInPart) {
			throw new IllegalStateException("the store rejected " + command + " with " + reply);
		}
		return reply;
	}

	/** A store has one state, which all read concerns read. */
	private static BsonDocument withoutReadConcern(BsonDocument command) {
		if (!command.containsKey(READ_CONCERN)) {
			return command;
		}
		BsonDocument plain = new BsonDocument();
		plain.putAll(command);
		plain.remove(READ_CONCERN);
		return plain;
	}

	static BsonDocument with(ReadConcern concern, BsonDocument command) {
		return command.append(READ_CONCERN, concern.asDocument());
	}

	/**
	 * @return null when the command has none
	 */
	static @Nullable ReadConcernLevel readConcern(BsonDocument command) {
		BsonDocument concern = command.getDocument(READ_CONCERN, new BsonDocument());
		return concern.isEmpty() ? null : ReadConcernLevel.fromString(concern.getString("level").getValue());
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
	 * @return the number of documents that a write matched
	 */
	static int found(BsonDocument reply) {
		return reply.getNumber("n").intValue();
	}

}
