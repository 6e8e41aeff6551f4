package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes result files with one JSON object in each line.
 */
final class JsonLines {

	private static final JsonMapper JSON = new JsonMapper();

	private JsonLines() {
	}

	static void append(Path file, Object line) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, JSON.writeValueAsString(line) + "\n", StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static <T> List<T> read(Path file, Class<T> type) {
		try {
			return Files.readAllLines(file).stream().map((line) -> JSON.readValue(line, type)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
