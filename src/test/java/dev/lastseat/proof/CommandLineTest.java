package dev.lastseat.proof;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CommandLineTest {

	@Test
	void splitsWordsAndKeepsSpacesAndEmptyWords() {
		assertThat(CommandLine.split("mongod\0--dbpath\0/srv/my data\0--x\0\0")).containsExactly("mongod", "--dbpath",
				"/srv/my data", "--x", "");
	}

	@Test
	void removesTheForkOption() {
		List<String> command = List.of("/usr/bin/mongod", "--fork", "--replSet", "rs", "--logpath", "--fork.log");

		assertThat(CommandLine.inForeground(command)).containsExactly("/usr/bin/mongod", "--replSet", "rs", "--logpath",
				"--fork.log");
	}

}
