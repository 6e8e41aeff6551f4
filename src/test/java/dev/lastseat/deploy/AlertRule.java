package dev.lastseat.deploy;

import java.util.List;

/**
 * An alert of {@code deploy/prometheus/rules.yml}.
 *
 * @param runbook a section of the documentation: the file, {@code #} and the anchor
 */
record AlertRule(String name, String expression, String severity, String summary, String runbook) {

	static List<AlertRule> all() {
		return YamlFile.read("deploy/prometheus/rules.yml")
			.at("groups")
			.list()
			.stream()
			.flatMap((group) -> group.at("rules").list().stream())
			.map((rule) -> new AlertRule(rule.at("alert").text(), rule.at("expr").text(),
					rule.at("labels/severity").text(), rule.at("annotations/summary").text(),
					rule.at("annotations/runbook").text()))
			.toList();
	}

}
