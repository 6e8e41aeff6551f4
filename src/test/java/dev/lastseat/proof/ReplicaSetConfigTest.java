package dev.lastseat.proof;

import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ReplicaSetConfigTest {

	private static final Map<Integer, String> HOSTS = Map.of(1, "127.0.0.1:31", 2, "127.0.0.1:32", 4, "127.0.0.1:34");

	private static Document config(String third) {
		return Document.parse("""
				{"_id": "rs", "version": 7, "term": 3, "protocolVersion": {"$numberLong": "1"}, "members": [
				  {"_id": 4, "host": "db4:1", "priority": 2.0, "votes": 1, "tags": {"dc": "x"}},
				  {"_id": 1, "host": "db1:1", "priority": 1.0, "votes": 1},
				  %s], "settings": {"electionTimeoutMillis": 10000}}""".formatted(third));
	}

	private static final String THIRD = "{\"_id\": 2, \"host\": \"db2:1\", \"priority\": 1, \"votes\": 1}";

	@Test
	void createsTheConfigurationOfANewSet() {
		assertThat(ReplicaSetConfig.initial("rs", List.of("a:1", "b:2"))).isEqualTo(Document.parse("""
				{"_id": "rs", "members": [{"_id": 0, "host": "a:1"}, {"_id": 1, "host": "b:2"}]}"""));
	}

	@Test
	void changesOnlyTheHosts() {
		Document changed = ReplicaSetConfig.withHosts(config(THIRD), HOSTS);

		assertThat(changed).isEqualTo(Document.parse("""
				{"_id": "rs", "version": 8, "term": 3, "protocolVersion": {"$numberLong": "1"}, "members": [
				  {"_id": 4, "host": "127.0.0.1:34", "priority": 2.0, "votes": 1, "tags": {"dc": "x"}},
				  {"_id": 1, "host": "127.0.0.1:31", "priority": 1.0, "votes": 1},
				  {"_id": 2, "host": "127.0.0.1:32", "priority": 1, "votes": 1}],
				 "settings": {"electionTimeoutMillis": 10000}}"""));
	}

	@Test
	void restoresTheHosts() {
		Document config = config(THIRD);

		Document back = ReplicaSetConfig.withHosts(ReplicaSetConfig.withHosts(config, HOSTS),
				ReplicaSetConfig.hostsById(config));

		assertThat(ReplicaSetConfig.hosts(back)).containsExactly("db4:1", "db1:1", "db2:1");
		assertThat(back.getInteger("version")).isEqualTo(9);
		assertThat(ReplicaSetConfig.hosts(config)).containsExactly("db4:1", "db1:1", "db2:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"_id\": 3, \"host\": \"db3:1\", \"priority\": 1, \"votes\": 1}",
			"{\"_id\": 2, \"host\": \"db2:1\", \"priority\": 0, \"votes\": 1}",
			"{\"_id\": 2, \"host\": \"db2:1\", \"priority\": 0, \"votes\": 0}",
			"{\"_id\": 2, \"host\": \"db2:1\", \"priority\": 1, \"votes\": 1, \"arbiterOnly\": true}",
			"{\"_id\": 2, \"host\": \"db2:1\", \"priority\": 1, \"votes\": 1}, {\"_id\": 3, \"host\": \"db3:1\", "
					+ "\"priority\": 1, \"votes\": 1}" })
	void rejectsASetWithOtherMembers(String third) {
		assertThatIllegalStateException().isThrownBy(() -> ReplicaSetConfig.withHosts(config(third), HOSTS));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"replSet\": \"rs\"}", "{\"replSetName\": \"rs\"}", "{\"replSet\": \"rs/a:1,b:2\"}" })
	void findsTheNameOfTheSetInTheCommandLine(String replication) {
		Document options = Document
			.parse("{\"argv\": [\"mongod\"], \"parsed\": {\"replication\": " + replication + "}}");

		assertThat(MemberClient.replicaSet(options)).isEqualTo("rs");
	}

	@Test
	void rejectsACommandLineWithoutReplication() {
		assertThatIllegalStateException()
			.isThrownBy(() -> MemberClient.replicaSet(Document.parse("{\"argv\": [\"mongod\"], \"parsed\": {}}")));
	}

}
