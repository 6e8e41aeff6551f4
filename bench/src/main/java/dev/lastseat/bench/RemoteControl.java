package dev.lastseat.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The side of a measured process that answers questions of the benchmark: one line for
 * each, from standard input to standard output. Other lines of standard output are log
 * lines.
 */
final class RemoteControl {

	/** The prefix of the lines that are answers. */
	static final String ANSWER = "@bench ";

	static final String COST = "cost";

	static final String HEAP = "heap";

	private final CostMeter meter;

	RemoteControl(CostMeter meter) {
		this.meter = meter;
	}

	/**
	 * Tells the benchmark that the process is ready, and answers until standard input
	 * ends. It also ends when the benchmark is killed, so no process is left behind.
	 */
	void serve(Address address) {
		say(address.line());
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		try {
			for (String question = in.readLine(); question != null; question = in.readLine()) {
				say(answer(question));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String answer(String question) {
		if (question.equals(HEAP)) {
			return String.valueOf(CostMeter.heap());
		}
		Cost cost = this.meter.read();
		return cost.commands() + " " + cost.bytes() + " " + cost.cpuMicros();
	}

	private static void say(String answer) {
		System.out.println(ANSWER + answer);
		System.out.flush();
	}

	/**
	 * Where a measured process is reached.
	 *
	 * @param port the port of its HTTP server on this machine
	 * @param embedded whether its database is the embedded engine
	 * @param database the name of its database; {@code -} for none
	 * @param uri the address of its database server; {@code -} for none
	 */
	record Address(int port, boolean embedded, String database, String uri) {

		static final String NONE = "-";

		String line() {
			return this.port + " " + this.embedded + " " + this.database + " " + this.uri;
		}

		static Address of(String line) {
			String[] parts = line.split(" ", 4);
			return new Address(Integer.parseInt(parts[0]), Boolean.parseBoolean(parts[1]), parts[2], parts[3]);
		}

	}

}
