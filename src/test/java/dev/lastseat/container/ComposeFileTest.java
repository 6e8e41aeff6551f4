package dev.lastseat.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

class ComposeFileTest {

	private Map<String, Object> mongo;

	private Map<String, Object> lastseat;

	private Map<String, Object> prometheus;

	private Map<String, Object> grafana;

	private Map<String, Object> volumes;

	@BeforeEach
	void read() throws IOException {
		Map<String, Object> file = new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
		this.mongo = part(part(file, "services"), "mongo");
		this.lastseat = part(part(file, "services"), "lastseat");
		this.prometheus = part(part(file, "services"), "prometheus");
		this.grafana = part(part(file, "services"), "grafana");
		this.volumes = part(file, "volumes");
	}

	@SuppressWarnings("unchecked") // Every mapping of the file has texts as keys.
	private static Map<String, Object> part(Map<String, Object> file, String name) {
		return (Map<String, Object>) file.get(name);
	}

	@Test
	void startsAReplicaSetThatKeepsItsData() {
		assertThat(this.mongo.get("image")).isEqualTo("mongo:8");
		assertThat(this.mongo.get("command")).isEqualTo(List.of("--replSet", "rs0", "--bind_ip_all"));
		assertThat(part(this.mongo, "healthcheck").get("test").toString()).contains("rs.initiate", "_id: 'rs0'",
				"host: 'mongo:27017'", "isWritablePrimary");
		assertThat(this.mongo.get("volumes")).isEqualTo(List.of("mongo-data:/data/db"));
		assertThat(this.volumes).containsOnlyKeys("mongo-data");
	}

	@Test
	void startsTheServiceAfterTheReplicaSetHasAPrimary() {
		assertThat(this.lastseat.get("build")).isEqualTo(".");
		assertThat(part(part(this.lastseat, "depends_on"), "mongo")).containsEntry("condition", "service_healthy");
		assertThat(part(this.lastseat, "environment")).containsEntry("SPRING_MONGODB_URI",
				"mongodb://mongo:27017/lastseat?replicaSet=rs0");
	}

	@Test
	void setsKnownPropertiesOnly() {
		assertThat(PropertyNames.unknown(part(this.lastseat, "environment").keySet())).isEmpty();
		assertThat(PropertyNames.unknown(Set.of("SPRING_MONGODB_URL"))).hasSize(1);
	}

	@Test
	void publishesPortsOnTheLoopbackAddressOnly() {
		assertThat(this.lastseat.get("ports")).isEqualTo(List.of("127.0.0.1:8080:8080"));
		assertThat(this.prometheus.get("ports")).isEqualTo(List.of("127.0.0.1:9090:9090"));
		assertThat(this.grafana.get("ports")).isEqualTo(List.of("127.0.0.1:3000:3000"));
	}

	@Test
	void startsPrometheusAndGrafanaOnDemandOnly() {
		assertThat(List.of(this.prometheus, this.grafana))
			.allSatisfy((service) -> assertThat(service.get("profiles")).isEqualTo(List.of("monitoring")));
		assertThat(this.lastseat).doesNotContainKey("profiles");
	}

	@Test
	void letsPrometheusReadTheManagementPort() throws IOException {
		String port = part(this.lastseat, "environment").get("MANAGEMENT_SERVER_PORT").toString();

		assertThat(Files.readString(Path.of("deploy/prometheus/prometheus.yml")))
			.contains("- targets: [\"lastseat:" + port + "\"]");
	}

	/** Each mount is a directory of this project, for reading. */
	@Test
	void mountsTheRulesAndTheDashboard() throws IOException {
		assertThat(this.prometheus.get("volumes")).isEqualTo(List.of("./deploy/prometheus:/etc/prometheus:ro"));
		assertThat(this.grafana.get("volumes"))
			.isEqualTo(List.of("./deploy/grafana/provisioning:/etc/grafana/provisioning:ro",
					"./deploy/grafana/dashboards:/etc/grafana/dashboards:ro"));
		assertThat(Files.readString(Path.of("deploy/grafana/provisioning/dashboards/lastseat.yml")))
			.contains("path: /etc/grafana/dashboards");
		assertThat(Files.readString(Path.of("deploy/grafana/provisioning/datasources/prometheus.yml")))
			.contains("url: http://prometheus:9090");
		assertThat(Path.of("deploy/grafana/dashboards",
				Path.of(part(this.grafana, "environment").get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").toString())
					.getFileName()
					.toString()))
			.isRegularFile();
	}

	/** Longer than the drain time and the 10 s of the shutdown phase together. */
	@Test
	void allowsEnoughTimeForAGracefulShutdown() {
		Duration drain = seconds(part(this.lastseat, "environment").get("LASTSEAT_WEB_DRAINTIME"));

		assertThat(seconds(this.lastseat.get("stop_grace_period"))).isGreaterThan(drain.plusSeconds(10));
	}

	private static Duration seconds(Object text) {
		return Duration.parse("PT" + text);
	}

}
