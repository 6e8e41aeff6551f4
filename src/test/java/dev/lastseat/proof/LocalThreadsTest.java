package dev.lastseat.proof;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class LocalThreadsTest {

	@Test
	void readsTheStateBehindAnyName() {
		assertThat(LocalThreads.parse("4711 (mongod) T 1 4711 4711 0 -1")).isEqualTo("T");
		assertThat(LocalThreads.parse("4711 (a) T (b) S 1 4711 4711 0 -1")).isEqualTo("S");
	}

	@Test
	void areNotStoppedWhileOneRuns() {
		assertThat(LocalThreads.areStopped(ProcessHandle.current().pid())).isFalse();
	}

	@Test
	void areNotStoppedInAProcessThatIsGone() throws Exception {
		Process gone = new ProcessBuilder("true").start();
		gone.waitFor();

		assertThat(LocalThreads.areStopped(gone.pid())).isFalse();
	}

}
