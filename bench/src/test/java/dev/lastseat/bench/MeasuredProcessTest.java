package dev.lastseat.bench;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The bare route in a process of its own. */
class MeasuredProcessTest {

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final MeasuredProcess.Settings SETTINGS = new MeasuredProcess.Settings(" -Xmx64m  -Xss512k ", null);

	private static Reply read(MeasuredProcess process) {
		try (LoadGenerator generator = new LoadGenerator()) {
			return generator
				.connected(process.address().port(), 1,
						(connections) -> connections.get(0).post(BareRoute.PATH, RequestTemplate.body("a")))
				.block(LONG);
		}
	}

	@Test
	void answersRequestsAndQuestions() {
		try (MeasuredProcess bare = MeasuredProcess.start(SETTINGS, BareRoute.class, List.of())) {
			Cost before = bare.cost().block(LONG);
			Reply reply = read(bare);
			Cost cost = bare.cost().block(LONG).minus(before);

			assertThat(reply)
				.isEqualTo(new Reply(200, "{\"eventId\":\"507f1f77bcf86cd799439011\",\"userId\":\"user-0000001\"}"));
			assertThat(cost.commands()).isZero();
			assertThat(cost.bytes()).isPositive();
			assertThat(cost.cpuMicros()).isPositive();
			assertThat(bare.heap().block(LONG)).isBetween(1024L, 64L * 1024 * 1024);
		}
	}

	@Test
	void endsWhenItIsClosed() {
		MeasuredProcess bare = MeasuredProcess.start(SETTINGS, BareRoute.class, List.of());

		bare.close();

		assertThatIllegalStateException().isThrownBy(() -> bare.cost().block(LONG));
	}

	@Test
	void reportsAProcessThatEndsBeforeItIsReady() {
		MeasuredProcess.Settings ends = new MeasuredProcess.Settings("--version", null);

		assertThatIllegalStateException().isThrownBy(() -> MeasuredProcess.start(ends, BareRoute.class, List.of()))
			.withMessage("a measured process has ended");
	}

	@Test
	void readsItsAddress() {
		RemoteControl.Address address = new RemoteControl.Address(80, true, "db", "mongodb://a/?b=c d");

		assertThat(RemoteControl.Address.of(address.line())).isEqualTo(address);
	}

}
