package dev.lastseat.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.lastseat.container.PropertyNames;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the manifests with the service and its image. {@code deploy/check} validates
 * them.
 */
class KubernetesManifestsTest {

	/** The time limit of requests under way at a shutdown. */
	private static final Duration REQUESTS = Duration.ofSeconds(10);

	private final YamlFile pod = YamlFile.read("deploy/kubernetes/base/deployment.yaml").at("spec/template/spec");

	private final YamlFile container = this.pod.at("containers/0");

	private final Map<String, String> settings = settings("deploy/kubernetes/base/kustomization.yaml");

	private static Map<String, String> settings(String file) {
		Map<String, String> settings = new TreeMap<>();
		YamlFile.read(file).at("configMapGenerator/0/literals").list().forEach((literal) -> {
			String[] parts = literal.text().split("=", 2);
			settings.put(parts[0], parts[1]);
		});
		return settings;
	}

	@Test
	void setKnownPropertiesOnly() {
		assertThat(PropertyNames.unknown(this.settings.keySet())).isEmpty();
		assertThat(PropertyNames.unknown(settings("deploy/kubernetes/overlays/example/kustomization.yaml").keySet()))
			.isEmpty();
		assertThat(this.container.at("env").list()).map((variable) -> variable.at("name").text())
			.containsExactly("SPRING_MONGODB_URI");
	}

	@Test
	void allowEnoughTimeForAShutdown() {
		Duration drain = DurationStyle.detectAndParse(this.settings.get("LASTSEAT_WEB_DRAINTIME"));

		assertThat(Duration.ofSeconds(this.pod.at("terminationGracePeriodSeconds").number()))
			.isGreaterThan(drain.plus(REQUESTS));
	}

	@Test
	void runAsTheUserOfTheImage() throws IOException {
		assertThat(Files.readString(Path.of("Dockerfile")))
			.contains("\nUSER " + this.pod.at("securityContext/runAsUser").text() + "\n");
	}

	@Test
	void readHealthAndMetricsOnTheManagementPort() {
		String port = this.settings.get("MANAGEMENT_SERVER_PORT");

		assertThat(this.container.at("ports/1").value())
			.isEqualTo(Map.of("name", "management", "containerPort", Integer.valueOf(port)));
		assertThat(Stream.of("startupProbe", "readinessProbe", "livenessProbe")).allSatisfy(
				(probe) -> assertThat(this.container.at(probe + "/httpGet/port").text()).isEqualTo("management"));
		assertThat(YamlFile.read("deploy/kubernetes/base/deployment.yaml")
			.at("spec/template/metadata/annotations")
			.value()).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("prometheus.io/port", port);
	}

	@Test
	void nameTheSecretOfTheExample() {
		YamlFile secret = YamlFile.read("deploy/kubernetes/mongodb-secret.example.yaml");
		YamlFile reference = this.container.at("env/0/valueFrom/secretKeyRef");

		assertThat(reference.at("name").text()).isEqualTo(secret.at("metadata/name").text());
		assertThat(secret.at("stringData").has(reference.at("key").text())).isTrue();
	}

}
