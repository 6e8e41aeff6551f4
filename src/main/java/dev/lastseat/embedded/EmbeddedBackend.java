package dev.lastseat.embedded;

import java.util.Set;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVStore;

/**
 * The backend of the library, with {@link EmbeddedDatabase} as its database. After a
 * failed write H2 closes the store; the library would then answer each command with an
 * internal error. This backend answers with error codes that the driver understands.
 */
final class EmbeddedBackend extends H2Backend {

	/** A driver treats a server that does not answer these commands as unreachable. */
	private static final Set<String> CONNECTION_COMMANDS = Set.of("hello", "ismaster", "isMaster", "buildInfo",
			"endSessions");

	EmbeddedBackend(MVStore store) {
		super(store);
	}

	/**
	 * The constructor of the superclass calls this too.
	 */
	@Override
	protected MongoDatabase openOrCreateDatabase(String name) {
		return new EmbeddedDatabase(name, getMvStore(), getCursorRegistry());
	}

	/**
	 * A command that arrives after the store has closed changes nothing. A command that
	 * was running when the store closed may have been written.
	 */
	@Override
	public Document handleMessage(MongoMessage message) {
		if (getMvStore().isClosed()
				&& !CONNECTION_COMMANDS.contains(message.getDocument().keySet().iterator().next())) {
			return failure(14031, "OutOfDiskSpace", "the files of the engine cannot be written");
		}
		try {
			return super.handleMessage(message);
		}
		catch (MongoServerException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (getMvStore().isClosed()) {
				return failure(11601, "Interrupted", "the files of the engine could not be written");
			}
			throw ex;
		}
	}

	/**
	 * An answer, not an exception: the library would log each exception with its command.
	 */
	private static Document failure(int code, String name, String message) {
		return new Document("ok", 0).append("errmsg", message).append("code", code).append("codeName", name);
	}

	/**
	 * Does nothing if the store is closed: the superclass would fail.
	 */
	@Override
	public void close() {
		if (!getMvStore().isClosed()) {
			super.close();
		}
	}

}
