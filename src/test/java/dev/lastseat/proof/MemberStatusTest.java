package dev.lastseat.proof;

import java.util.Map;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MemberStatusTest {

	private static final MemberStatus PRIMARY = new MemberStatus(0, true, 4, true);

	private static final MemberStatus SECONDARY = new MemberStatus(1, false, 4, true);

	private static Document answer(int second) {
		return Document.parse("""
				{"set": "rs", "myState": 1, "term": {"$numberLong": "4"}, "members": [
				  {"_id": 3, "name": "127.0.0.1:1", "health": 1.0, "state": 1, "stateStr": "PRIMARY", "self": true},
				  {"_id": 5, "name": "127.0.0.1:2", "health": 1.0, "state": %d}], "ok": 1.0}""".formatted(second));
	}

	@Test
	void readsTheStatusOfAMember() {
		assertThat(MemberStatus.of(answer(2))).isEqualTo(new MemberStatus(3, true, 4, true));
	}

	@Test
	void doesNotSeeAllWhenAMemberIsDown() {
		assertThat(MemberStatus.of(answer(8))).isEqualTo(new MemberStatus(3, true, 4, false));
	}

	@Test
	void rejectsAStatusOfAServerThatIsNotAMember() {
		assertThatIllegalStateException().isThrownBy(() -> MemberStatus.of(new Document("myState", 10)));
	}

	@Test
	void findsThePrimaryWithTheLatestTerm() {
		MemberStatus deposed = new MemberStatus(2, true, 3, false);

		assertThat(MemberStatus.primary(Map.of(0, PRIMARY, 1, SECONDARY, 2, deposed))).contains(0);
		assertThat(MemberStatus.primary(Map.of(1, SECONDARY))).isEmpty();
		assertThat(MemberStatus.term(Map.of(0, PRIMARY, 2, deposed))).isEqualTo(4);
	}

	@Test
	void isHealthyWhenAllSeeAllAndOneIsThePrimary() {
		MemberStatus third = new MemberStatus(2, false, 4, true);

		assertThat(MemberStatus.isHealthy(Map.of(0, PRIMARY, 1, SECONDARY, 2, third), 3)).isTrue();
		assertThat(MemberStatus.isHealthy(Map.of(0, PRIMARY, 1, SECONDARY), 3)).isFalse();
		assertThat(MemberStatus.isHealthy(Map.of(0, SECONDARY, 1, SECONDARY, 2, third), 3)).isFalse();
		assertThat(MemberStatus.isHealthy(Map.of(0, PRIMARY, 1, PRIMARY, 2, third), 3)).isFalse();
		assertThat(MemberStatus.isHealthy(Map.of(0, PRIMARY, 1, SECONDARY, 2, new MemberStatus(2, false, 4, false)), 3))
			.isFalse();
	}

}
