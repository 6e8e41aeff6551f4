package dev.lastseat.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * The instructions of the Dockerfile, without comments and line continuations.
 */
record Dockerfile(List<Instruction> instructions) {

	private static final String SEPARATOR = "\\s+";

	/**
	 * @param name in capitals
	 * @param text the rest of the instruction
	 */
	record Instruction(String name, String text) {

		/** All words except options. */
		List<String> words() {
			return Stream.of(this.text.split(SEPARATOR)).filter((word) -> !word.startsWith("--")).toList();
		}

		/** The JSON array of an instruction: a command that runs without a shell. */
		List<String> command() {
			return List.of(new JsonMapper().readValue(this.text.substring(this.text.indexOf('[')), String[].class));
		}

	}

	static Dockerfile read() {
		try {
			List<Instruction> instructions = new ArrayList<>();
			String text = Files.readString(Path.of("Dockerfile")).replaceAll("(?m)^#.*\\n", "").replace("\\\n", " ");
			text.lines().filter((line) -> !line.isBlank()).forEach((line) -> {
				String[] parts = line.strip().split(SEPARATOR, 2);
				instructions.add(new Instruction(parts[0], parts[1]));
			});
			return new Dockerfile(instructions);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<Instruction> all(String name) {
		return this.instructions.stream().filter((instruction) -> instruction.name().equals(name)).toList();
	}

	Instruction last(String name) {
		List<Instruction> all = all(name);
		return all.get(all.size() - 1);
	}

	/** The last instruction with this name whose text starts with a prefix. */
	Instruction last(String name, String prefix) {
		return new Dockerfile(
				all(name).stream().filter((instruction) -> instruction.text().startsWith(prefix)).toList())
			.last(name);
	}

	Map<String, String> environment() {
		return all("ENV").stream()
			.map((instruction) -> instruction.text().split("=", 2))
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1]));
	}

}
