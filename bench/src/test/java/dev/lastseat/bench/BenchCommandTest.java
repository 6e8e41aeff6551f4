package dev.lastseat.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.lastseat.LastseatApplication;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.stress.CommandRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the whole command with few requests.
 */
class BenchCommandTest {

	/** Processes with few requests need no optimized code. */
	private static final String QUICK_START = "--jvm-options=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private int run(Class<?> application, String... args) {
		List<String> all = new ArrayList<>(List.of(args));
		all.add(QUICK_START);
		return CommandRunner.run(new CommandLine(new BenchCommand(application)), new PrintWriter(this.out, true),
				new PrintWriter(this.err, true), all.toArray(String[]::new));
	}

	@Test
	void measuresAndPrintsItsProgress() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=alone", "--requests=40", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode score = new JsonMapper().readTree(this.out.toString());
		assertThat(score.path("engine").asString()).isEqualTo("the embedded engine");
		assertThat(score.path("jvmOptions").asString()).isEqualTo("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
		assertThat(score.path("histories").asString()).isEqualTo("linearizable");
		JsonNode alone = score.path("rows").path(0);
		assertThat(alone.path("name").asString()).isEqualTo("alone");
		assertThat(alone.path("ratio").path("median").asDouble()).isPositive();
		for (String side : new String[] { "first", "second" }) {
			assertThat(alone.path(side).path("asked").asInt()).as("ten requests in each of five runs").isEqualTo(50);
			// One update for each booking. On a busy machine, maintenance of earlier
			// events adds commands.
			assertThat(alone.path(side).path("commands").asDouble()).isGreaterThanOrEqualTo(1);
			assertThat(alone.path(side).path("bytes").asDouble()).isPositive();
			assertThat(alone.path(side).path("cpuMicros").asDouble()).isPositive();
		}
		assertThat(this.err.toString()).contains("warm-up, round 1: batched ", "run 1 of 10: alone, batched",
				"run 10 of 10: alone, max-batch=1, about ");
	}

	@Test
	void comparesWithTheBareRoute() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=re", "--requests=300", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode rows = new JsonMapper().readTree(this.out.toString()).path("rows");
		assertThat(rows.findValuesAsString("name")).contains("refusal", "registration");
		rows.forEach((row) -> {
			assertThat(row.path("second").path("name").asString()).startsWith("bare route");
			assertThat(row.path("second").path("asked").asInt()).isEqualTo(1500);
			assertThat(row.path("second").path("commands").asDouble()).isZero();
			assertThat(row.path("first").path("asked").asInt()).isEqualTo(1500);
			assertThat(row.path("first").path("undecided").asInt()).isZero();
		});
	}

	@Test
	void measuresStreams() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=streams", "--requests=100", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode rows = new JsonMapper().readTree(this.out.toString()).path("rows");
		assertThat(rows).hasSize(2);
		assertThat(rows.get(0).path("first").path("asked").asInt()).as("100 streams in each of five runs")
			.isEqualTo(500);
		assertThat(rows.get(0).path("second").isNull()).isTrue();
		assertThat(rows.get(1).path("ratio").path("median").asDouble()).isPositive();
		assertThat(rows.get(1).path("first").path("asked").asInt()).as("states that arrived")
			.isGreaterThanOrEqualTo(500);
	}

	@Test
	void measuresStandings() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=standings", "--requests=100", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode row = new JsonMapper().readTree(this.out.toString()).path("rows").path(0);
		assertThat(row.path("first").path("asked").asInt()).as("positions that arrived").isGreaterThanOrEqualTo(5 * 25);
		assertThat(row.path("ratio").path("median").asDouble()).isPositive();
	}

	@Test
	void measuresBookingsBesidePollsAndStreams() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=watched", "--requests=300", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode row = new JsonMapper().readTree(this.out.toString()).path("rows").path(0);
		assertThat(row.path("second").path("asked").asInt()).isEqualTo(1500);
		assertThat(row.path("first").path("asked").asInt()).as("with the polls").isGreaterThan(1500);
	}

	@Test
	void measuresHoldsAndConfirmations() {
		for (String name : new String[] { "hold", "confirm", "holds-10" }) {
			this.out.getBuffer().setLength(0);
			assertThat(run(LastseatApplication.class, "--quick", "--only=" + name, "--requests=300", "--json"))
				.as(() -> this.err.toString())
				.isZero();

			JsonNode score = new JsonMapper().readTree(this.out.toString());
			assertThat(score.path("histories").asString()).isEqualTo("as stored");
			JsonNode row = score.path("rows").path(0);
			assertThat(row.path("name").asString()).isEqualTo(name);
			assertThat(row.path("first").path("asked").asInt()).isEqualTo(1500);
			assertThat(row.path("first").path("undecided").asInt()).isZero();
		}
		assertThat(this.err.toString()).contains("... the document of an event with 10 holds has ");
	}

	@Test
	void measuresASaleWithHoldsThatExpire() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=onsale", "--requests=7"))
			.as(() -> this.err.toString())
			.isZero();

		assertThat(this.out.toString()).contains("linearizable: yes, all of 2 runs").doesNotContain("runs with holds");
	}

	@Test
	void printsNoScoreOfHoldsForAServiceThatLosesBookings() {
		assertThat(run(LosesBookingsApplication.class, "--quick", "--only=confirm", "--requests=10")).isEqualTo(1);

		assertThat(this.err.toString()).contains("bench failed: ");
		assertThat(this.out.toString()).doesNotContain("compared");
	}

	@Test
	void measuresNewProcesses() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=warm", "--requests=300", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode row = new JsonMapper().readTree(this.out.toString()).path("rows").path(0);
		assertThat(row.path("first").path("asked").asInt()).as("two processes").isEqualTo(600);
		assertThat(row.path("second").path("asked").asInt()).isEqualTo(600);
		assertThat(row.path("ratio").path("median").asDouble()).isPositive();
	}

	@Test
	void printsNoScoreForAServiceThatBooksASoldOutEvent() {
		assertThat(run(LosesBookingsApplication.class, "--quick", "--only=warm", "--requests=10")).isEqualTo(1);

		assertThat(this.err.toString()).contains("bench failed: a wrong answer: BOOKED of a sold-out event");
	}

	@Test
	void measuresBookingsBesideCancellations() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=cancel-held-200", "--requests=40", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode score = new JsonMapper().readTree(this.out.toString());
		assertThat(score.path("histories").asString()).isEqualTo("linearizable");
		JsonNode row = score.path("rows").path(0);
		assertThat(row.path("ratio").path("median").asDouble()).isPositive();
		assertThat(row.path("goal").path("noneLate").asBoolean()).isTrue();
		for (String side : new String[] { "first", "second" }) {
			assertThat(row.path(side).path("late").isNumber()).isTrue();
			assertThat(row.path(side).path("lateBeside").isNumber()).isTrue();
		}
		assertThat(this.err.toString()).contains("run 10 of 10: cancel-held-200, without");
	}

	@Test
	void printsNoScoreForAServiceThatLosesCancellations() {
		assertThat(run(LosesCancellationsApplication.class, "--quick", "--only=cancel-held-2k", "--requests=40"))
			.isEqualTo(1);

		assertThat(this.out.toString()).startsWith("linearizable: no, ").doesNotContain("compared");
	}

	@Test
	void measuresBigEvents() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=big-release-1k", "--requests=40", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode score = new JsonMapper().readTree(this.out.toString());
		assertThat(score.path("rows").path(0).path("ratio").path("median").asDouble()).isPositive();
		assertThat(score.path("eventDocumentBytes").path("1000").asInt()).isBetween(10_000, 200_000);
	}

	@Test
	void measuresCrowdedEvents() {
		assertThat(run(LastseatApplication.class, "--quick", "--only=crowded-offer-1k", "--requests=200", "--json"))
			.as(() -> this.err.toString())
			.isZero();

		JsonNode score = new JsonMapper().readTree(this.out.toString());
		assertThat(score.path("rows").path(0).path("ratio").path("median").asDouble()).isPositive();
		assertThat(score.path("eventDocumentBytes").isEmpty()).isTrue();
		assertThat(this.err.toString()).contains("the document of an event with 1,000 registrations, 100 holds, 500");
	}

	@Test
	void printsNoScoreOfBigEventsForAServiceThatLosesBookings() {
		assertThat(run(LosesBookingsApplication.class, "--quick", "--only=big-book-1k", "--requests=40")).isEqualTo(1);

		assertThat(this.out.toString()).doesNotContain("compared");
	}

	@Test
	void printsNoScoreForAServiceThatLosesBookings() {
		assertThat(run(LosesBookingsApplication.class, "--quick", "--only=alone", "--requests=10")).isEqualTo(1);

		assertThat(this.out.toString()).startsWith("linearizable: no, ").doesNotContain("compared");
	}

	@Test
	void printsHelpWithItsOptions() {
		assertThat(run(LastseatApplication.class, "--help")).isZero();

		assertThat(this.out.toString()).contains("--quick", "--json", "--only", "--pairs", "--requests",
				"--jvm-options", "(-XX:+UseParallelGC)", "--spring.mongodb.uri",
				"Rows, each with what it is compared with:", "--only=cancel", "--only=big", "is no score",
				"Exit code: 0 when all rows were measured");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--pairs=4 | Invalid value for option '--pairs': 4 is not between 5 and 100",
					"--requests=0 | Invalid value for option '--requests': 0 is not between 1 and 1,000,000",
					"--only=hto | Invalid value for option '--only': no row name starts with hto",
					"--spring.mongodb.uri=bogus | Invalid value for option '--spring.mongodb.uri': The conn" })
	void rejectsWrongOptions(String option, String message) {
		assertThat(run(LastseatApplication.class, option)).isEqualTo(2);

		assertThat(this.err.toString()).contains(message);
		assertThat(this.out.toString()).isEmpty();
	}

	/**
	 * Answers that every booking succeeds, and stores none. Stores holds. It has no
	 * {@code @Configuration}, because the component scan of the service would then find
	 * it in every test.
	 */
	@Import(LastseatApplication.class)
	static class LosesBookingsApplication {

		@Bean
		static BeanPostProcessor losesBookings() {
			return losing(Request.Booking.class, BookingOutcome.BOOKED);
		}

	}

	/** Stores bookings. Answers that cancellations succeed, and stores none. */
	@Import(LastseatApplication.class)
	static class LosesCancellationsApplication {

		@Bean
		static BeanPostProcessor losesCancellations() {
			return losing(Request.Cancellation.class, ReleaseOutcome.RELEASED);
		}

	}

	/**
	 * Gives all requests of a kind the same outcome, and leaves the others to the
	 * repository.
	 */
	private static BeanPostProcessor losing(Class<? extends Request> kind, Outcome outcome) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof EventRepository events) ? replaced(events) : bean;
			}

			private Object replaced(EventRepository events) {
				return Proxy.newProxyInstance(EventRepository.class.getClassLoader(),
						new Class<?>[] { EventRepository.class },
						(proxy, method, args) -> method.getName().equals("decide")
								? decide(events, (EventId) args[0], requests(args[1])) : method.invoke(events, args));
			}

			private Flux<Decision> decide(EventRepository events, EventId event, List<Request> requests) {
				Map<Boolean, List<Request>> byKind = requests.stream()
					.collect(Collectors.partitioningBy(kind::isInstance));
				Flux<Decision> lost = Flux.fromIterable(byKind.get(true))
					.map((request) -> new Decision(request, outcome));
				return byKind.get(false).isEmpty() ? lost : events.decide(event, byKind.get(false)).concatWith(lost);
			}

			private List<Request> requests(Object list) {
				return ((List<?>) list).stream().map(Request.class::cast).toList();
			}

		};
	}

}
