package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.lastseat.TestRun;
import org.awaitility.Awaitility;

/**
 * SecantusDB, a server with the MongoDB protocol and WiredTiger storage, in its own
 * process.
 */
final class SecantusDb implements Database {

	static final String BINARY = "LASTSEAT_TEST_SECANTUSDB";

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

	/**
	 * Without this option the server acknowledges a journaled write before it is in the
	 * log, and a kill loses the last acknowledged writes.
	 */
	private static final String DURABLE = "--sync-on-commit";

	/**
	 * The server reads the whole log after a kill: half a minute for the default of 2 GB.
	 */
	private static final String LOG_FILE = "16MB";

	private final Path directory;

	private final int port;

	private Process process;

	SecantusDb(Path directory) {
		this.directory = directory;
		this.port = launch(0);
	}

	static boolean isConfigured() {
		return System.getenv(BINARY) != null;
	}

	private int launch(int port) {
		try {
			Path output = Files.createTempFile(this.directory, "secantusdb", ".log");
			this.process = new ProcessBuilder(System.getenv(BINARY), "--port", Integer.toString(port), "--storage-path",
					this.directory.resolve("secantusdb").toString(), "--log-file-max", LOG_FILE, DURABLE)
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			Awaitility.await().atMost(TIMEOUT).until(() -> listening(output).find() || !this.process.isAlive());
			Matcher listening = listening(output);
			if (!listening.find()) {
				throw new AssertionError("SecantusDB did not start: " + Files.readString(output));
			}
			return Integer.parseInt(listening.group(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Matcher listening(Path output) throws IOException {
		return LISTENING.matcher(Files.readString(output));
	}

	@Override
	public String name() {
		return "SecantusDB";
	}

	@Override
	public String host() {
		return "127.0.0.1";
	}

	@Override
	public int port() {
		return this.port;
	}

	/**
	 * The server executes a repeated write beside the first attempt, not after it. Then
	 * the answer to the second may be "matched nothing" although the first changed the
	 * document. The transaction numbers of MongoDB exclude that.
	 */
	@Override
	public boolean supportsRetryableWrites() {
		return false;
	}

	@Override
	public void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void restart() {
		launch(this.port);
	}

	@Override
	public void close() {
		kill();
	}

}
