package dev.lastseat.deploy;

import java.util.List;

/**
 * The dashboard of Grafana.
 */
final class Dashboard {

	private Dashboard() {
	}

	/**
	 * @return the expressions of all panels
	 */
	static List<String> queries() {
		return YamlFile.read("deploy/grafana/dashboards/lastseat.json")
			.at("panels")
			.list()
			.stream()
			.filter((panel) -> panel.has("targets"))
			.flatMap((panel) -> panel.at("targets").list().stream())
			.map((target) -> target.at("expr").text())
			.toList();
	}

}
