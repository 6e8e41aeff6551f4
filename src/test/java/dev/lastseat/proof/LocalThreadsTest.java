package dev.lastseat.proof;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(value = OS.LINUX, disabledReason = "needs Linux: reads /proc")
class LocalThreadsTest {

	@Test
	void readsTheStateAfterAnyName() {
		assertThat(LocalThreads.parse("4711 (mongod) T 1 4711 4711 0 -1")).isEqualTo("T");
		assertThat(LocalThreads.parse("4711 (a) T (b) S 1 4711 4711 0 -1")).isEqualTo("S");
	}

	@Test
	void areNotStoppedWhileAThreadRuns() {
		assertThat(LocalThreads.areStopped(ProcessHandle.current().pid())).isFalse();
	}

	@Test
	void areNotStoppedInAProcessThatHasEnded() throws Exception {
		Process ended = new ProcessBuilder("true").start();
		ended.waitFor();

		assertThat(LocalThreads.areStopped(ended.pid())).isFalse();
	}

}
