package dev.lastseat.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import de.bwaldvogel.mongo.MongoServer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * A MongoDB-compatible server on a loopback port of this process, for trying, demos and
 * tests. The constructor starts it, {@link #close} stops it.
 */
final class EmbeddedEngine implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedEngine.class);

	private static final String FILE = "lastseat.mv.db";

	/**
	 * How long H2 buffers writes before it commits them to its file, in milliseconds; the
	 * default of H2 is 1,000. A kill -9 loses the writes of this time and of the commit
	 * itself. A shorter delay gains little, because each commit writes whole blocks of
	 * the file.
	 */
	private static final int COMMIT_DELAY = 100;

	/**
	 * The library locks a collection for a write, but some of its reads do not lock:
	 * counts and aggregations. They could find the index entry of a document that is
	 * being deleted. With one thread, commands run one after the other.
	 */
	private static final int COMMAND_THREADS = 1;

	/** The second argument is the reason, such as "No space left on device". */
	private static final String UNWRITABLE = "The embedded engine cannot write its files in {}: {}. It rejects every command "
			+ "from now on. Free space or repair the disk, then restart Lastseat. Writes of the last second may be lost, "
			+ "even if they were confirmed.";

	private final MongoServer server;

	private final InetSocketAddress address;

	/**
	 * @throws EmbeddedStorageException when the files cannot be used
	 */
	EmbeddedEngine(EmbeddedSettings settings) {
		this(settings, Path::toString);
	}

	/**
	 * @param name converts a path to the file name that H2 opens
	 */
	EmbeddedEngine(EmbeddedSettings settings, Function<Path, String> name) {
		this.server = new MongoServer(new EmbeddedBackend(open(settings, name)));
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, COMMAND_THREADS);
		this.address = this.server.getLocalAddress();
		logger.info("Storage: embedded engine, {} - for trying, demos and tests. For production set spring.mongodb.uri",
				(settings.storage() == EmbeddedSettings.Storage.MEMORY) ? "in memory only"
						: "files in " + settings.directory().toAbsolutePath().normalize());
	}

	private static MVStore open(EmbeddedSettings settings, Function<Path, String> name) {
		if (settings.storage() == EmbeddedSettings.Storage.MEMORY) {
			return MVStore.open(null);
		}
		Path directory = settings.directory().toAbsolutePath().normalize();
		try {
			Files.createDirectories(directory);
			AtomicBoolean opened = new AtomicBoolean();
			MVStore store = new MVStore.Builder().fileName(name.apply(directory.resolve(FILE)))
				.backgroundExceptionHandler((thread, fault) -> report(directory, fault, opened))
				.open();
			store.setAutoCommitDelay(COMMIT_DELAY);
			opened.set(true);
			return store;
		}
		catch (MVStoreException ex) {
			throw (ex.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) ? EmbeddedStorageException.inUse(directory, ex)
					: EmbeddedStorageException.unusable(directory, ex);
		}
		catch (IOException ex) {
			throw EmbeddedStorageException.unusable(directory, ex);
		}
	}

	/**
	 * Logs a failed write once. H2 closes the store after it. The store stays closed
	 * until the next start, because the state in memory may be newer than the file.
	 * @param opened whether the store is open. A failure to open it is reported as an
	 * exception instead, and H2 can report one failure several times
	 */
	private static void report(Path directory, Throwable fault, AtomicBoolean opened) {
		if (opened.compareAndSet(true, false)) {
			logger.error(UNWRITABLE, directory, NestedExceptionUtils.getMostSpecificCause(fault).getMessage());
		}
	}

	/**
	 * @return the MongoDB connection string of the engine, without a database
	 */
	String connectionString() {
		return "mongodb://" + this.address.getAddress().getHostAddress() + ":" + this.address.getPort();
	}

	/**
	 * Closes all connections and commits all writes.
	 */
	@Override
	public void close() {
		this.server.shutdownNow();
	}

}
