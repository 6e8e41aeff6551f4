package dev.lastseat.embedded;

import java.nio.file.Path;

/**
 * An embedded engine in memory, for tests of other packages.
 */
public final class TestEngine implements AutoCloseable {

	private final EmbeddedEngine engine = new EmbeddedEngine(
			new EmbeddedSettings(EmbeddedSettings.Storage.MEMORY, Path.of("unused")));

	public String connectionString() {
		return this.engine.connectionString();
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
