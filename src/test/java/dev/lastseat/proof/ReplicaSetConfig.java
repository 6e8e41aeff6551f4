package dev.lastseat.proof;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.bson.Document;

/**
 * Creates and changes configurations of a replica set.
 */
final class ReplicaSetConfig {

	private ReplicaSetConfig() {
	}

	/**
	 * @param hosts addresses of the members, each {@code host:port}
	 */
	static Document initial(String name, List<String> hosts) {
		List<Document> members = IntStream.range(0, hosts.size())
			.mapToObj((id) -> new Document("_id", id).append("host", hosts.get(id)))
			.toList();
		return new Document("_id", name).append("members", members);
	}

	/**
	 * Returns the next version of the configuration, with other addresses.
	 * @param hosts addresses of all members, by the id of the member
	 * @throws IllegalStateException when the configuration has other members, or one that
	 * cannot become primary
	 */
	static Document withHosts(Document config, Map<Integer, String> hosts) {
		List<Document> members = members(config);
		boolean all = members.size() == hosts.size()
				&& members.stream().allMatch((member) -> hosts.containsKey(id(member)));
		if (!all || !members.stream().allMatch(ReplicaSetConfig::isElectable)) {
			throw new IllegalStateException("the replica set must have these " + hosts.size()
					+ " members and no others, and each must be able to become primary: " + config.toJson());
		}
		return new Document(config).append("version", config.get("version", Number.class).intValue() + 1)
			.append("members",
					members.stream()
						.map((member) -> new Document(member).append("host", hosts.get(id(member))))
						.toList());
	}

	private static boolean isElectable(Document member) {
		return !member.getBoolean("arbiterOnly", false) && member.get("priority", Number.class).doubleValue() > 0
				&& member.get("votes", Number.class).intValue() > 0;
	}

	static List<String> hosts(Document config) {
		return members(config).stream().map((member) -> member.getString("host")).toList();
	}

	static Map<Integer, String> hostsById(Document config) {
		return members(config).stream()
			.collect(Collectors.toMap(ReplicaSetConfig::id, (member) -> member.getString("host")));
	}

	private static List<Document> members(Document config) {
		return config.getList("members", Document.class);
	}

	private static int id(Document member) {
		return member.get("_id", Number.class).intValue();
	}

}
