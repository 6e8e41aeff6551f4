package dev.lastseat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

	/** Files of single libraries that nothing reads in this jar. */
	private static final Pattern NOT_READ = Pattern.compile("(META-INF/(versions/\\d+/)?)?module-info\\.class"
			+ "|META-INF/(MANIFEST\\.MF|INDEX\\.LIST|DEPENDENCIES|spring\\.tooling|spring-devtools\\.properties"
			+ "|.*spring-configuration-metadata\\.json|native-image/.*|versions/\\d+/OSGI-INF/.*|maven/.*)");

	private ZipFile jar;

	@BeforeEach
	void open() throws IOException {
		this.jar = new ZipFile(System.getProperty("packaged.jar"));
	}

	@AfterEach
	void close() throws IOException {
		this.jar.close();
	}

	private String read(String entry) throws IOException {
		return new String(this.jar.getInputStream(this.jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
	}

	private JsonNode bom() throws IOException {
		return new JsonMapper().readTree(read(SBOM));
	}

	private Properties buildInfo() throws IOException {
		Properties properties = new Properties();
		properties.load(new StringReader(read("META-INF/build-info.properties")));
		return properties;
	}

	private Set<String> entries() {
		return names(this.jar);
	}

	private static Set<String> names(ZipFile file) {
		return file.stream()
			.map(ZipEntry::getName)
			.filter((name) -> !name.endsWith("/"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * The service speaks HTTP/1.1 and HTTP/2 only. The native libraries of QUIC for five
	 * platforms would add 13 MB.
	 */
	@Test
	void containsNoLibraryForHttp3() {
		assertThat(entries()).anyMatch((name) -> name.startsWith("io/netty/handler/codec/http2/"))
			.noneMatch((name) -> name.matches("io/netty/handler/codec/(http3|quic)/.*|.*_quiche_.*"));
	}

	/**
	 * The starters have no classes.
	 */
	@Test
	@DisabledIfSystemProperty(named = OFFLINE, matches = "is true", disabledReason = NO_SBOM)
	void listsExactlyItsLibraries() throws IOException {
		assertThat(bom().path("metadata").has("timestamp")).isFalse();
		Set<String> classes = new TreeSet<>();
		for (Path library : libraries()) {
			try (ZipFile file = new ZipFile(library.toFile())) {
				names(file).stream().filter(PackagedJarIT::isClass).forEach(classes::add);
			}
		}

		assertThat(entries().stream().filter(PackagedJarIT::isClass))
			.filteredOn((name) -> !name.startsWith("dev/lastseat/"))
			.containsExactlyElementsOf(classes);
	}

	private static boolean isClass(String name) {
		return name.endsWith(".class") && !name.endsWith("module-info.class");
	}

	/** The files of the libraries that the jar lists. */
	private List<Path> libraries() throws IOException {
		Map<String, Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.collect(Collectors.toMap((path) -> path.getFileName().toString(), Function.identity(),
					(first, second) -> first));
		List<String> listed = bom().path("components").valueStream().map(PackagedJarIT::fileName).toList();
		assertThat(classPath).containsKeys(listed.toArray(String[]::new));
		return listed.stream().map(classPath::get).toList();
	}

	/**
	 * Spring Boot, Netty and others find parts of themselves by files of one name in
	 * several libraries. The jar has one file of each name, with the text of all.
	 */
	@Test
	@DisabledIfSystemProperty(named = OFFLINE, matches = "is true", disabledReason = NO_SBOM)
	void losesNothingOfTheFilesThatSeveralLibrariesHave() throws IOException {
		Map<String, Set<String>> expected = new TreeMap<>();
		Map<String, Integer> copies = new TreeMap<>();
		for (Path library : libraries()) {
			try (ZipFile file = new ZipFile(library.toFile())) {
				for (String name : names(file)) {
					if (!isClass(name) && !NOT_READ.matcher(name).matches()) {
						copies.merge(name, 1, Integer::sum);
						expected.computeIfAbsent(name, (absent) -> new TreeSet<>()).addAll(facts(file, name));
					}
				}
			}
		}
		expected.keySet().removeIf((name) -> copies.get(name) == 1);

		assertThat(expected).containsKeys("META-INF/spring.factories", "META-INF/spring.handlers");
		for (Map.Entry<String, Set<String>> file : expected.entrySet()) {
			assertThat(facts(this.jar, written(file.getKey()))).as(file.getKey()).containsAll(file.getValue());
		}
	}

	/** The licences of all libraries are in one file, some in lower case and some not. */
	private String written(String name) {
		return this.jar.stream().map(ZipEntry::getName).filter(name::equalsIgnoreCase).findFirst().orElse(name);
	}

	/**
	 * The lines of a file without comments. Of a file with factories, one line for each
	 * factory.
	 */
	private static Set<String> facts(ZipFile file, String name) throws IOException {
		try (InputStream in = file.getInputStream(file.getEntry(name))) {
			if (name.endsWith(".factories")) {
				Properties factories = new Properties();
				factories.load(in);
				return factories.entrySet()
					.stream()
					.flatMap((entry) -> Stream.of(entry.getValue().toString().split(","))
						.map((factory) -> entry.getKey() + "=" + factory.strip()))
					.collect(Collectors.toSet());
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map(String::strip)
				.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
				.collect(Collectors.toSet());
		}
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
		assertThat(this.jar.stream()).extracting(ZipEntry::getTimeLocal)
			.contains(time)
			.allSatisfy((entry) -> assertThat(entry).isBeforeOrEqualTo(time));
	}

}
