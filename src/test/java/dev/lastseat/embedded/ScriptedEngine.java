package dev.lastseat.embedded;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * The embedded engine in memory. A test can replace the answers of commands.
 */
public final class ScriptedEngine implements AutoCloseable {

	/** Enough threads, so that commands without an answer do not block other commands. */
	private static final int COMMAND_THREADS = 64;

	private final MongoServer server;

	private final Map<String, Function<Map<String, ?>, @Nullable BsonDocument>> scripts = new ConcurrentHashMap<>();

	private final List<Map<String, ?>> commands = new CopyOnWriteArrayList<>();

	public ScriptedEngine() {
		EmbeddedBackend backend = new EmbeddedBackend(MVStore.open(null));
		this.server = new MongoServer((MongoBackend) Proxy.newProxyInstance(MongoBackend.class.getClassLoader(),
				new Class<?>[] { MongoBackend.class }, (self, method, arguments) -> {
					BsonDocument answer = (arguments != null && arguments[0] instanceof MongoMessage message)
							? answer(message.getDocument()) : null;
					try {
						return (answer != null) ? toDocument(answer) : method.invoke(backend, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				}));
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, COMMAND_THREADS);
	}

	private @Nullable BsonDocument answer(Document message) {
		this.commands.add(message);
		return this.scripts.getOrDefault(name(message), (any) -> null).apply(message);
	}

	private static String name(Map<String, ?> command) {
		return command.keySet().iterator().next();
	}

	private static Document toDocument(BsonDocument answer) {
		return Document.class.cast(convert(org.bson.Document.parse(answer.toJson())));
	}

	private static Object convert(Object value) {
		if (value instanceof Map<?, ?> fields) {
			Document document = new Document();
			fields.forEach((name, field) -> document.put((String) name, convert(field)));
			return document;
		}
		if (value instanceof BsonTimestamp timestamp) {
			return new de.bwaldvogel.mongo.bson.BsonTimestamp(timestamp.getValue());
		}
		return (value instanceof List<?> values) ? values.stream().map(ScriptedEngine::convert).toList() : value;
	}

	/**
	 * Replaces the answers of all commands with this name.
	 * @param script returns the answer; null runs the command
	 */
	public void answer(String command, Function<Map<String, ?>, @Nullable BsonDocument> script) {
		this.scripts.put(command, script);
	}

	/** Runs all commands again and forgets the received commands. */
	public void reset() {
		this.scripts.clear();
		this.commands.clear();
	}

	/** The received commands with this name, since the last reset. */
	public List<Map<String, ?>> received(String command) {
		return this.commands.stream().filter((one) -> name(one).equals(command)).toList();
	}

	public String connectionString() {
		return "mongodb://127.0.0.1:" + this.server.getLocalAddress().getPort();
	}

	@Override
	public void close() {
		this.server.shutdownNow();
	}

}
