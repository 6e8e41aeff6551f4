package dev.lastseat.stress;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.lastseat.LastseatApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
	void doesNotHandleAStartOfTheService() {
		assertThat(Commands.handles()).isFalse();
		assertThat(Commands.handles("--server.port=9000", "--debug")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "stress", "check", "bogus", "--help", "-h", "--version", "-V" })
	void handlesAllOtherArguments(String arg) {
		assertThat(Commands.handles(arg)).isTrue();
		assertThat(Commands.handles("--server.port=9000", arg)).isTrue();
	}

	@Test
	void listsEveryOptionOfEveryCommand() {
		assertThat(run("--help")).isZero();

		assertThat(this.out.toString()).contains("stress", "--attempts", "--capacity", "--users", "--cancel",
				"--resize", "--holds", "--parties", "--history", "check", "--spring.mongodb.uri",
				"--lastseat.embedded.directory", "--lastseat.embedded.storage", "--server.address", "--server.port",
				"--help", "--version");
	}

	@Test
	void explainsTheStressCommand() {
		assertThat(run("stress", "--help")).isZero();

		assertThat(this.out.toString()).contains("--attempts", "--capacity", "--users", "--cancel", "--resize",
				"--history", "--spring.mongodb.uri", "16 attempts are in flight at once",
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
					"stress --cancel=1.1 | Invalid value for option '--cancel': 1.1 is not between 0 and 1",
					"stress --cancel=-0.1 | Invalid value for option '--cancel': -0.1 is not between 0 and 1",
					"stress --cancel=NaN | Invalid value for option '--cancel': NaN is not between 0 and 1",
					"stress --cancel=few | Invalid value for option '--cancel': 'few' is not a double",
					"stress --holds=1.1 | Invalid value for option '--holds': 1.1 is not between 0 and 1",
					"stress --parties=-1 | Invalid value for option '--parties': -1.0 is not between 0 and 1",
					"stress --resize=few | Invalid value for option '--resize': 'few' is not a boolean",
					"stress --history=target | Invalid value for option '--history': target cannot be written",
					"stress --history=not/there | Invalid value for option '--history': not/there cannot be written",
					"check | Missing required parameter: '<file>'", "check target | Not a readable file: target",
					"check not-there | Not a readable file: not-there", "check one two | Unmatched argument",
					"stress --spring.mongodb.uri=bogus | Invalid value for option '--spring.mongodb.uri': The conn",
					"--server.port=1 --help=x | option '--help'" })
	void refusesWrongArguments(String line, String complaint) {
		assertThat(run(line.split(" "))).isEqualTo(2);

		assertThat(this.err.toString()).contains(complaint);
		assertThat(this.out.toString()).isEmpty();
	}

	@Test
	void runsTheRaceAndPasses() {
		assertThat(run("stress", "--attempts=60", "--capacity=7", "--users=20")).isZero();

		assertThat(this.out.toString()).contains("Total Attempts:     60", "Successful Bookings: 7",
				"PASS — exactly 7 bookings succeeded", "tickets_sold=7  registration_ids=7", "linearizable: yes");
	}

	@Test
	void checksAMixedRaceAndItsHistoryFile(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("race.jsonl");

		assertThat(run("stress", "--attempts=400", "--capacity=5", "--users=40", "--cancel=0.3", "--resize",
				"--history=" + file))
			.isZero();

		assertThat(this.out.toString()).contains("Total Attempts:     400", "PASS", "linearizable: yes");
		assertThat(Files.readAllLines(file)).hasSize(402)
			.anyMatch((line) -> line.contains("RELEASED"))
			.anyMatch((line) -> line.contains("RESIZE"));
		assertThat(run("check", file.toString())).isZero();
		assertThat(this.out.toString()).containsPattern("Event \\w+: 400 operations\\Rlinearizable: yes\\R$");
	}

	@Test
	void checksARaceWithHoldsAndParties(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("race.jsonl");

		assertThat(run("stress", "--attempts=200", "--capacity=100", "--users=120", "--cancel=0.1", "--holds=0.3",
				"--parties=0.2", "--history=" + file))
			.isZero();

		assertThat(this.out.toString()).contains("PASS", "linearizable: yes")
			.containsPattern("held: [1-9]")
			.containsPattern("confirmed: [1-9]")
			.containsPattern("expired and removed: [1-9]");
		assertThat(Files.readAllLines(file)).anyMatch((line) -> line.contains("BOOK_PARTY"));
		assertThat(run("check", file.toString())).isZero();
	}

	@Test
	void explainsTheCheckCommand() {
		assertThat(run("check", "--help")).isZero();

		assertThat(this.out.toString()).contains("<file>", "Exit code: 0 when", "1 when at least one",
				"2 when the file", "3 when the search");
	}

	@Test
	void checksEachHistoryOfAFile(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("two.jsonl"), """
				{"event":"one","capacity":1}
				{"op":"BOOK","user":"ada","invoked":0,"responded":1,"answer":"BOOKED"}
				{"ledger":{"capacity":1,"ticketsSold":1,"registrations":["ada"]}}
				{"event":"two","capacity":1}
				{"op":"BOOK","user":"ada","invoked":0,"responded":1000,"answer":"BOOKED"}
				{"op":"BOOK","user":"bob","invoked":0,"responded":2000,"answer":"BOOKED"}
				""");

		assertThat(run("check", file.toString())).isEqualTo(1);

		assertThat(this.out.toString()).isEqualTo("""
				Event one: 1 operations
				linearizable: yes
				Event two: 2 operations, checked without the stored state, which the file does not have
				linearizable: no, more users hold a seat than there are seats

				The smallest prefix that no sequential execution explains has 2 operations (in microseconds):
				                 0 -            1  BOOK ada                 BOOKED
				  >>             0 -            2  BOOK bob                 BOOKED
				""");
	}

	@Test
	void namesTheInvalidLine(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("bad.jsonl"), """
				{"event":"one","capacity":1}
				{"op":"BOOK","user":"ada","invoked":0,"responded":1,"answer":"RELEASED"}
				""");

		assertThat(run("check", file.toString())).isEqualTo(2);

		assertThat(this.err.toString()).isEqualTo("%s, line 2: RELEASED is not an answer to BOOK%n".formatted(file));
		assertThat(this.out.toString()).isEmpty();
	}

	@Test
	void reportsAnUnreachableServer() {
		assertThat(run("stress", "--spring.mongodb.uri=mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100"))
			.isEqualTo(1);

		assertThat(this.err.toString()).startsWith("stress failed: Timed out").contains("127.0.0.1:1");
		assertThat(this.out.toString()).isEmpty();
	}

}
