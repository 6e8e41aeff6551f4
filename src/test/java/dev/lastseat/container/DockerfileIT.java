package dev.lastseat.container;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.lastseat.PackagedProcess;
import dev.lastseat.TestRun;
import dev.lastseat.container.Dockerfile.Instruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the Dockerfile without a Docker engine. The training of its cache runs on the jar
 * of this build, and the service starts with the arguments of the image.
 */
class DockerfileIT {

	private static final Path JAR = Path.of(System.getProperty("packaged.jar"));

	private static final String STAGE = "--from=build";

	private static final String BUILD = "/build/";

	/** The directory of the service in the image. */
	private static final String IMAGE = "/app/";

	private final Dockerfile file = Dockerfile.read();

	@TempDir
	private Path directory;

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/**
	 * @return the output of the command
	 */
	private String run(Map<String, String> environment, List<String> command) throws Exception {
		Path output = Files.createTempFile(this.directory, "command", ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().putAll(environment);
		Process process = builder.start();
		try {
			assertThat(process.waitFor(TestRun.TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
			return Files.readString(output);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void copiesFilesThatExistAndAreNotIgnored() throws IOException {
		List<String> ignored = Files.readAllLines(Path.of(".dockerignore"));
		List<Instruction> copies = this.file.all("COPY")
			.stream()
			.filter((copy) -> !copy.text().contains(STAGE))
			.toList();

		assertThat(copies).isNotEmpty();
		for (Instruction copy : copies) {
			List<String> words = copy.words();
			assertThat(words.subList(0, words.size() - 1)).isNotEmpty().allSatisfy((source) -> {
				assertThat(Path.of(source)).exists();
				assertThat(isIgnored(ignored, Path.of(source))).as(source + " is ignored").isFalse();
			});
		}
		assertThat(isIgnored(ignored, Path.of("target/lastseat.jar"))).isTrue();
		assertThat(isIgnored(ignored, Path.of("src/test/java"))).isTrue();
	}

	/** The last line that matches the path or one of its directories decides. */
	private static boolean isIgnored(List<String> lines, Path path) {
		boolean ignored = false;
		for (String line : lines) {
			if (!line.isBlank() && !line.startsWith("#")) {
				String pattern = line.startsWith("!") ? line.substring(1) : line;
				for (Path part = path; part != null; part = part.getParent()) {
					if (FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(part)) {
						ignored = !line.startsWith("!");
					}
				}
			}
		}
		return ignored;
	}

	@Test
	void copiesTheJarOfTheBuild() {
		List<String> copied = this.file.all("COPY")
			.stream()
			.map(Instruction::text)
			.filter((copy) -> copy.contains(STAGE))
			.toList();

		assertThat(copied).containsExactly(STAGE + " " + BUILD + "target/" + JAR.getFileName() + " ./");
		assertThat(IMAGE).isEqualTo(this.file.last("WORKDIR").text() + "/");
	}

	@Test
	void setsKnownPropertiesOnly() {
		assertThat(this.file.environment()).isNotEmpty();
		assertThat(PropertyNames.unknown(this.file.environment().keySet())).isEmpty();
	}

	@Test
	void runsAsAnUnprivilegedUserThatOwnsTheVolume() {
		String user = this.file.last("USER").text();
		String volume = this.file.last("VOLUME").text();

		assertThat(user).matches("[1-9]\\d*");
		assertThat(this.file.last("RUN", "useradd").text()).contains("useradd --system --uid " + user)
			.contains("install -d -o " + user + " -g " + user + " " + volume);
		assertThat(this.file.environment()).containsEntry("LASTSEAT_EMBEDDED_DIRECTORY", volume);
	}

	/**
	 * @return the directory of the image with the jar
	 */
	private Path copyJar() throws IOException {
		Path app = Files.createDirectory(this.directory.resolve("app"));
		Files.copy(JAR, app.resolve(JAR.getFileName()));
		return app;
	}

	/**
	 * @return the arguments of the image, with the directory of this test
	 */
	private List<String> arguments(Path app) {
		List<String> command = new ArrayList<>(this.file.last("ENTRYPOINT").command());
		assertThat(command.remove(0)).isEqualTo("java");
		command.replaceAll((argument) -> argument.replace(IMAGE, app + "/"));
		return command;
	}

	/**
	 * Runs the training for a shorter time. Other Java versions than that of the image do
	 * not know the cache.
	 */
	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void trainsACacheThatTheArgumentsOfTheImageCanUse() throws Exception {
		Path app = copyJar();
		String training = this.file.last("RUN", "timeout ")
			.text()
			.replace("TERM 60", "TERM 15")
			.replace(IMAGE, app + "/");
		String path = Path.of(java()).getParent() + File.pathSeparator + System.getenv("PATH");

		run(Map.of("PATH", path, "SERVER_PORT", "0"), List.of("bash", "-c", training));

		List<String> command = arguments(app);
		command.addAll(0, List.of(java(), "-XX:AOTMode=on"));
		command.add("--version");
		assertThat(run(Map.of(), command)).startsWith("lastseat ");
	}

	/**
	 * The port and the volume differ from the image, because the test runs beside other
	 * processes. Without the cache, which another test makes.
	 */
	@Test
	void servesWithTheArgumentsOfTheImage() throws Exception {
		Path app = copyJar();
		Path volume = this.directory.resolve("volume");
		List<String> command = arguments(app);
		assertThat(command.removeIf((argument) -> argument.startsWith("-XX:AOTCache="))).isTrue();

		try (PackagedProcess service = PackagedProcess
			.start(app, command, Map.of("SERVER_ADDRESS", this.file.environment().get("SERVER_ADDRESS"), "SERVER_PORT",
					"0", "LASTSEAT_EMBEDDED_DIRECTORY", volume.toString()))
			.awaitReady()) {
			String port = service.address("").replaceAll(".*:", "");
			assertThat(service.send("GET", "/api/v1/events", "")).startsWith("200");
			assertThat(service.output()).contains("Security: open").doesNotContain("ERROR");
			assertThat(volume).isNotEmptyDirectory();
			List<String> healthy = this.file.last("HEALTHCHECK").command();
			run(Map.of("SERVER_PORT", port), healthy);
			run(Map.of("SERVER_PORT", "1", "MANAGEMENT_SERVER_PORT", port), healthy);

			service.terminate();
			assertThat(service.awaitExit()).isEqualTo(143);
		}
		assertThat(Stream.of(app.resolve("data"))).noneMatch(Files::exists);
	}

}
