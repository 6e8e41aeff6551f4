package dev.lastseat.embedded;

import java.nio.file.Path;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the embedded engine keeps, and where.
 *
 * @param storage whether events outlive the process
 * @param directory where the engine keeps its files; created when missing, and used by
 * one process at a time
 */
public record EmbeddedSettings(@DefaultValue("file") Storage storage, @DefaultValue("./data") Path directory) {

	/** Where the events are kept. */
	public enum Storage {

		/** In files, which the next start reads. */
		FILE,

		/** In memory only: gone with the process. */
		MEMORY

	}

}
