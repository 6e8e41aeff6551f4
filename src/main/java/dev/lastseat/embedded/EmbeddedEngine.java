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
 * tests. Running once constructed, until it is closed.
 */
final class EmbeddedEngine implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedEngine.class);

	private static final String FILE = "lastseat.mv.db";

	/**
	 * How long H2 holds writes back before it commits them to its file, in milliseconds
	 * (its own default is 1,000): what a kill -9 can lose, give or take the time of the
	 * commit itself. Shorter gains little, since each commit writes whole pages.
	 */
	private static final int COMMIT_DELAY = 100;

	/**
	 * The library changes a stored document field by field, in place, where the engine
	 * does not make a new one, and looks at it without a lock when it aggregates or
	 * encodes an answer. With one thread for all commands nobody sees a document half
	 * changed.
	 */
	private static final int COMMAND_THREADS = 1;

	/** The reason is that of the operating system, such as "No space left on device". */
	private static final String UNWRITABLE = "The embedded engine cannot write its files in {}: {}. It refuses everything "
			+ "from now on. Make room or repair the disk, and start Lastseat again; what was confirmed in the last "
			+ "moment before may be lost.";

	private final MongoServer server;

	private final InetSocketAddress address;

	/**
	 * @throws EmbeddedStorageException when the files cannot be used
	 */
	EmbeddedEngine(EmbeddedSettings settings) {
		this(settings, Path::toString);
	}

	/**
	 * @param name how H2 calls a file
	 */
	EmbeddedEngine(EmbeddedSettings settings, Function<Path, String> name) {
		this.server = new MongoServer(new IndexedBackend(open(settings, name)));
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, COMMAND_THREADS);
		this.address = this.server.getLocalAddress();
		logger.info("Storage: embedded engine, {} - for trying, demos and tests; for production set spring.mongodb.uri",
				(settings.storage() == EmbeddedSettings.Storage.MEMORY) ? "in memory, gone with this process"
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
	 * H2 closes the store after a failed write. What the process remembers may be more
	 * than the file has, so the store stays closed until the next start.
	 * @param opened whether it was open: a failure to open it is reported otherwise, and
	 * H2 may report one failure several times
	 */
	private static void report(Path directory, Throwable fault, AtomicBoolean opened) {
		if (opened.compareAndSet(true, false)) {
			logger.error(UNWRITABLE, directory, NestedExceptionUtils.getMostSpecificCause(fault).getMessage());
		}
	}

	/**
	 * @return where the engine listens, as a MongoDB connection string without a database
	 */
	String connectionString() {
		return "mongodb://" + this.address.getAddress().getHostAddress() + ":" + this.address.getPort();
	}

	/**
	 * Ends all connections and commits what was written.
	 */
	@Override
	public void close() {
		this.server.shutdownNow();
	}

}
