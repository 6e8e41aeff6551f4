package dev.lastseat.proof;

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MembersTest {

	@Test
	void readsThreeAddresses() {
		assertThat(Members.parse("127.0.0.1:27017, localhost:27018,[::1]:27019")).containsExactly(
				new InetSocketAddress("127.0.0.1", 27017), new InetSocketAddress("localhost", 27018),
				new InetSocketAddress("::1", 27019));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "127.0.0.1:1,127.0.0.1:2", "127.0.0.1:1,127.0.0.1:2,127.0.0.1:3,127.0.0.1:4",
			"127.0.0.1:1,127.0.0.1:2,127.0.0.1:2", "127.0.0.1:1,127.0.0.1:2,127.0.0.1", "127.0.0.1:1,127.0.0.1:2,:3",
			"127.0.0.1:1,127.0.0.1:2,127.0.0.1:x", "127.0.0.1:1,127.0.0.1:2,127.0.0.1:65536",
			"mongodb://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3" })
	void rejectsAnythingButThreeAddresses(String addresses) {
		assertThatIllegalArgumentException().isThrownBy(() -> Members.parse(addresses))
			.withMessageContaining(Members.ADDRESSES)
			.withMessageEndingWith(addresses);
	}

}
