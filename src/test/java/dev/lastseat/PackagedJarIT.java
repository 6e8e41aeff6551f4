package dev.lastseat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The content of the packaged jar.
 */
class PackagedJarIT {

	/** Set by Failsafe, see {@code pom.xml}. */
	static final String OFFLINE = "build.offline";

	static final String NO_SBOM = "needs a build that is online: only then Maven lists the libraries";

	private static final String SBOM = "META-INF/sbom/application.cdx.json";

	private ZipFile jar;

	@BeforeEach
	void open() throws IOException {
		this.jar = new ZipFile(System.getProperty("packaged.jar"));
	}

	@AfterEach
	void close() throws IOException {
		this.jar.close();
	}

	private List<String> libraries() {
		return this.jar.stream()
			.map(ZipEntry::getName)
			.filter((name) -> name.startsWith("BOOT-INF/lib/"))
			.map((name) -> name.substring("BOOT-INF/lib/".length()))
			.filter((name) -> !name.isEmpty())
			.toList();
	}

	private String read(String entry) throws IOException {
		return new String(this.jar.getInputStream(this.jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
	}

	private Properties buildInfo() throws IOException {
		Properties properties = new Properties();
		properties.load(new StringReader(read("META-INF/build-info.properties")));
		return properties;
	}

	/**
	 * The service speaks HTTP/1.1 and HTTP/2 only. The native libraries of QUIC for five
	 * platforms would add 13 MB.
	 */
	@Test
	void containsNoLibraryForHttp3() {
		assertThat(libraries()).anyMatch((name) -> name.startsWith("netty-codec-http2-"))
			.noneMatch((name) -> name.contains("http3") || name.contains("quic"));
	}

	/**
	 * When Spring Boot makes the jar, it adds a library of its own and leaves out the
	 * starters, which are empty.
	 */
	@Test
	@DisabledIfSystemProperty(named = OFFLINE, matches = "is true", disabledReason = NO_SBOM)
	void listsExactlyItsLibraries() throws IOException {
		JsonNode bom = new JsonMapper().readTree(read(SBOM));

		assertThat(bom.path("metadata").has("timestamp")).isFalse();
		assertThat(bom.path("components").valueStream().map(PackagedJarIT::fileName))
			.filteredOn((name) -> !name.startsWith("spring-boot-starter-"))
			.containsExactlyInAnyOrderElementsOf(
					libraries().stream().filter((name) -> !name.startsWith("spring-boot-jarmode-")).toList());
	}

	/** Some libraries have a variant for a platform. */
	private static String fileName(JsonNode component) {
		String variant = Stream.of(component.path("purl").asString().split("[?&]"))
			.filter((part) -> part.startsWith("classifier="))
			.map((part) -> part.replace("classifier=", "-"))
			.findFirst()
			.orElse("");
		return component.path("name").asString() + "-" + component.path("version").asString() + variant + ".jar";
	}

	/** Otherwise two builds of the same source would differ. */
	@Test
	void containsNoTimeOfItsBuild() throws IOException {
		String release = buildInfo().getProperty("build.time");
		LocalDateTime time = LocalDateTime.ofInstant(Instant.parse(release), ZoneOffset.UTC);

		assertThat(release).endsWith("T00:00:00Z");
		assertThat(this.jar.stream()).extracting(ZipEntry::getTimeLocal).containsOnly(time);
	}

}
