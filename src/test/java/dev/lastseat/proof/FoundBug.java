package dev.lastseat.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A deliberate bug that the simulation found.
 *
 * @param seeds the number of seeds that the simulation needed
 */
public record FoundBug(String bug, long seeds) {

	private static final String FILE = "bugs.json";

	/**
	 * @param directory directory of the results
	 */
	public void append(Path directory) {
		JsonLines.append(directory.resolve(FILE), this);
	}

	/**
	 * @return empty when the simulation did not run
	 */
	static List<FoundBug> readAll(Path directory) {
		Path file = directory.resolve(FILE);
		return Files.exists(file) ? JsonLines.read(file, FoundBug.class) : List.of();
	}

	@Override
	public String toString() {
		return this.bug + " (found after " + this.seeds + ((this.seeds == 1) ? " seed)" : " seeds)");
	}

}
