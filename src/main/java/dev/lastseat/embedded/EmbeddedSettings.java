package dev.lastseat.embedded;

import java.nio.file.Path;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the embedded engine.
 *
 * @param storage where the engine stores its data
 * @param directory the directory of the files. It is created if it does not exist. Only
 * one process at a time can use it
 */
public record EmbeddedSettings(@DefaultValue("file") Storage storage, @DefaultValue("./data") Path directory) {

	/** Where the engine stores its data. */
	public enum Storage {

		/** In files. The data is available after a restart. */
		FILE,

		/** In memory only. The data is lost when the process ends. */
		MEMORY

	}

}
