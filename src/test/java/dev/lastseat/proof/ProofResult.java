package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of one run or more of one kind, a line of JSON in a file in
 * {@code target/proof}.
 *
 * @param kind what was run; lines of the same kind are one row of the table
 * @param unknown operations whose outcome nobody was told
 * @param forgotten bookings that were confirmed and are gone, as the documentation of the
 * storage says that they can be: not among the lost
 */
public record ProofResult(String kind, long runs, long operations, long unknown, long faults, long forgotten, long lost,
		long oversold, long doubled, long falseRefusals, long nonLinearizable) {

	/** Where the results of the proofs are. */
	public static final Path DIRECTORY = Path.of("target", "proof");

	boolean isSpotless() {
		return this.lost + this.oversold + this.doubled + this.falseRefusals + this.nonLinearizable == 0;
	}

	ProofResult plus(ProofResult other) {
		return new ProofResult(this.kind, this.runs + other.runs, this.operations + other.operations,
				this.unknown + other.unknown, this.faults + other.faults, this.forgotten + other.forgotten,
				this.lost + other.lost, this.oversold + other.oversold, this.doubled + other.doubled,
				this.falseRefusals + other.falseRefusals, this.nonLinearizable + other.nonLinearizable);
	}

	/**
	 * @param file to which it is added
	 */
	public void append(Path file) {
		JsonLines.append(file, this);
	}

	/**
	 * @return the lines of all {@code .jsonl} files; none when there is no such directory
	 */
	static List<ProofResult> readAll(Path directory) {
		if (!Files.isDirectory(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.toString().endsWith(".jsonl"))
				.sorted()
				.flatMap((file) -> JsonLines.read(file, ProofResult.class).stream())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
