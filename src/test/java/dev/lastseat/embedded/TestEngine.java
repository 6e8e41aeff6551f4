package dev.lastseat.embedded;

import java.nio.file.Path;

/**
 * An embedded engine, for tests of other packages.
 */
public final class TestEngine implements AutoCloseable {

	private final EmbeddedEngine engine;

	/** One in memory. */
	public TestEngine() {
		this.engine = new EmbeddedEngine(new EmbeddedSettings(EmbeddedSettings.Storage.MEMORY, Path.of("unused")));
	}

	/** One that finds and keeps its files there. */
	public TestEngine(Path directory) {
		this.engine = new EmbeddedEngine(new EmbeddedSettings(EmbeddedSettings.Storage.FILE, directory));
	}

	private TestEngine(EmbeddedEngine engine) {
		this.engine = engine;
	}

	/** One on a disk that can run {@linkplain #fillDisk full}. */
	public static TestEngine onASmallDisk(Path directory) {
		fillDisk(false);
		return new TestEngine(
				new EmbeddedEngine(new EmbeddedSettings(EmbeddedSettings.Storage.FILE, directory), FullDisk::name));
	}

	public static void fillDisk(boolean full) {
		FullDisk.setFull(full);
	}

	public String connectionString() {
		return this.engine.connectionString();
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
