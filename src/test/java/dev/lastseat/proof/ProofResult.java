package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of one or more runs of one kind, stored as a line of JSON in
 * {@code target/proof}.
 *
 * @param kind the kind of run; results of one kind are one row of the table
 * @param faults injected faults
 * @param allowedLosses confirmed bookings that were lost as the documentation of the
 * storage allows; not counted in {@code lost}
 */
public record ProofResult(String kind, long runs, OperationCounts operations, long faults, long allowedLosses,
		long lost, long oversold, long duplicates, long falseRefusals, long nonLinearizable) {

	/** The directory of all results. */
	public static final Path DIRECTORY = Path.of("target", "proof");

	boolean hasNoAnomalies() {
		return this.lost + this.oversold + this.duplicates + this.falseRefusals + this.nonLinearizable == 0;
	}

	ProofResult plus(ProofResult other) {
		return new ProofResult(this.kind, this.runs + other.runs, this.operations.plus(other.operations),
				this.faults + other.faults, this.allowedLosses + other.allowedLosses, this.lost + other.lost,
				this.oversold + other.oversold, this.duplicates + other.duplicates,
				this.falseRefusals + other.falseRefusals, this.nonLinearizable + other.nonLinearizable);
	}

	/**
	 * @param file file to append to
	 */
	public void append(Path file) {
		JsonLines.append(file, this);
	}

	/**
	 * @return the results in all {@code .jsonl} files; empty when the directory is
	 * missing
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
