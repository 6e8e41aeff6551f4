package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

/**
 * SecantusDB, a MongoDB wire server over WiredTiger, in a process of its own.
 */
final class SecantusDb implements Database {

	static final String BINARY = "LASTSEAT_TEST_SECANTUSDB";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

	private final Path directory;

	private final int port;

	private Process process;

	SecantusDb(Path directory) {
		this.directory = directory;
		this.port = launch(0);
	}

	static boolean isNamed() {
		return System.getenv(BINARY) != null;
	}

	private int launch(int port) {
		try {
			Path output = Files.createTempFile(this.directory, "secantusdb", ".log");
			// Without the last option it answers journaled writes before they are in its
			// log, whatever the write concern asks for, and loses them with the process.
			this.process = new ProcessBuilder(System.getenv(BINARY), "--port", Integer.toString(port), "--storage-path",
					this.directory.resolve("secantusdb").toString(), "--sync-on-commit")
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			Matcher listening = Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> LISTENING.matcher(Files.readString(output)), Matcher::find);
			return Integer.parseInt(listening.group(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
