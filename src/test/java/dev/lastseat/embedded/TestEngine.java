package dev.lastseat.embedded;

import java.nio.file.Path;

/**
 * The embedded engine for tests of other packages.
 */
public final class TestEngine implements AutoCloseable {

	private final EmbeddedEngine engine;

	/** Stores its data in memory. */
	public TestEngine() {
		this.engine = new EmbeddedEngine(new EmbeddedSettings(EmbeddedSettings.Storage.MEMORY, Path.of("unused")));
	}

	/** Stores its data in a directory. */
	public TestEngine(Path directory) {
		this.engine = new EmbeddedEngine(new EmbeddedSettings(EmbeddedSettings.Storage.FILE, directory));
	}

	private TestEngine(EmbeddedEngine engine) {
		this.engine = engine;
	}

	/** Stores its data on a disk that tests can {@linkplain #fillDisk fill}. */
	public static TestEngine onDiskThatCanFill(Path directory) {
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
