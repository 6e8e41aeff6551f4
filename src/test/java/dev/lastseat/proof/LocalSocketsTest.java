package dev.lastseat.proof;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalSocketsTest {

	@Test
	void parsesTheTablesOfTheKernel() {
		List<String> lines = List.of(
				"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
				"   0: 0100007F:6989 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1066 1 0000000003cb7106 100 0 0 10 0",
				"  10: 0000000000000000FFFF00000100007F:9C46 0000000000000000FFFF00000100007F:6989 01 00000000:00000000 00:00000000 00000000     0        0 2077 1 000000009d9863af 20 4 30 10 -1");

		assertThat(LocalSockets.parse(lines)).containsExactly(new LocalSockets.Row(27017, 0, "0A", "1066"),
				new LocalSockets.Row(40006, 27017, "01", "2077"));
	}

}
