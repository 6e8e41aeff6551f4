package dev.lastseat.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A mistake that was made on purpose, and found by the simulation.
 *
 * @param seeds how many it took to find it
 */
public record FoundBug(String bug, long seeds) {

	private static final String FILE = "bugs.json";

	/**
	 * @param directory of the results
	 */
	public void append(Path directory) {
		JsonLines.append(directory.resolve(FILE), this);
	}

	/**
	 * @return none when the simulation did not run
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
