package dev.lastseat.embedded;

import java.util.Set;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVStore;

/**
 * The library's backend with databases that use their indexes, and with an answer of its
 * own for what a store refuses that has closed after a failed write.
 */
final class IndexedBackend extends H2Backend {

	/** A driver that gets no answer to these takes the server for gone. */
	private static final Set<String> OF_CONNECTIONS = Set.of("hello", "ismaster", "isMaster", "buildInfo",
			"endSessions");

	IndexedBackend(MVStore store) {
		super(store);
	}

	/**
	 * Called by the superclass while it is being constructed, too.
	 */
	@Override
	protected MongoDatabase openOrCreateDatabase(String name) {
		return new IndexedDatabase(name, getMvStore(), getCursorRegistry());
	}

	/**
	 * A command that comes after the store has closed changes nothing. One that was under
	 * way may be in the file all the same.
	 */
	@Override
	public Document handleMessage(MongoMessage message) {
		if (getMvStore().isClosed() && !OF_CONNECTIONS.contains(message.getDocument().keySet().iterator().next())) {
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
	 * Not as an exception, which the library would log with the command, for each.
	 */
	private static Document failure(int code, String name, String message) {
		return new Document("ok", 0).append("errmsg", message).append("code", code).append("codeName", name);
	}

	/**
	 * A store that has closed by itself has nothing left to close.
	 */
	@Override
	public void close() {
		if (!getMvStore().isClosed()) {
			super.close();
		}
	}

}
