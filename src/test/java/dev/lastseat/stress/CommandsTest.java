package dev.lastseat.stress;

import java.io.PrintWriter;
import java.io.StringWriter;

import dev.lastseat.LastseatApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTest {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private int run(String... args) {
		return Commands.run(LastseatApplication.class, new PrintWriter(this.out, true), new PrintWriter(this.err, true),
				args);
	}

	@Test
	void leavesAStartOfTheServiceAlone() {
		assertThat(Commands.handles()).isFalse();
		assertThat(Commands.handles("--server.port=9000", "--debug")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "stress", "bogus", "--help", "-h", "--version", "-V" })
	void takesEverythingElse(String arg) {
		assertThat(Commands.handles(arg)).isTrue();
		assertThat(Commands.handles("--server.port=9000", arg)).isTrue();
	}

	@Test
	void listsEveryOptionOfEveryCommand() {
		assertThat(run("--help")).isZero();

		assertThat(this.out.toString()).contains("stress", "--attempts", "--capacity", "--users",
				"--spring.mongodb.uri", "--lastseat.embedded.directory", "--lastseat.embedded.storage",
				"--server.address", "--server.port", "--help", "--version");
	}

	@Test
	void explainsTheStressCommand() {
		assertThat(run("stress", "--help")).isZero();

		assertThat(this.out.toString()).contains("--attempts", "--capacity", "--users", "--spring.mongodb.uri",
				"Exit code: 0 on PASS, 1 on FAIL, 2 on a wrong option.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "stress --bogus | Unknown option: '--bogus'", "strss | Did you mean: lastseat stress?",
					"stress extra | Unmatched argument at index 1: 'extra'",
					"stress --attempts=ten | Invalid value for option '--attempts': 'ten' is not an int",
					"stress --attempts=0 | Invalid value for option '--attempts': 0 is not between 1 and 1,000,000",
					"stress --capacity=0 | Invalid value for option '--capacity': 0 is not between 1 and 10,000,000",
					"stress --users=51 | Invalid value for option '--users': 51 is not between 1 and 50",
					"stress --spring.mongodb.uri=bogus | Invalid value for option '--spring.mongodb.uri': The conn",
					"--server.port=1 --help=x | option '--help'" })
	void refusesWhatIsNoOption(String line, String complaint) {
		assertThat(run(line.split(" "))).isEqualTo(2);

		assertThat(this.err.toString()).contains(complaint);
		assertThat(this.out.toString()).isEmpty();
	}

	@Test
	void runsTheRaceAndPasses() {
		assertThat(run("stress", "--attempts=60", "--capacity=7", "--users=20")).isZero();

		assertThat(this.out.toString()).contains("Total Attempts:     60", "Successful Bookings: 7",
				"PASS — exactly 7 bookings succeeded", "tickets_sold=7  registration_ids=7");
	}

	@Test
	void saysThatAServerCannotBeReached() {
		assertThat(run("stress", "--spring.mongodb.uri=mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100"))
			.isEqualTo(1);

		assertThat(this.err.toString()).startsWith("stress failed: Timed out").contains("127.0.0.1:1");
		assertThat(this.out.toString()).isEmpty();
	}

}
