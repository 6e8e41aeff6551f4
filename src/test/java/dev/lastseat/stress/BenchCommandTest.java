package dev.lastseat.stress;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.List;

import dev.lastseat.LastseatApplication;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command as a whole, in its smallest form.
 */
class BenchCommandTest {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private int run(Class<?> application, String... args) {
		return Commands.run(application, new PrintWriter(this.out, true), new PrintWriter(this.err, true), args);
	}

	@Test
	void measuresAndSaysWhatItIsDoing() {
		assertThat(run(LastseatApplication.class, "bench", "--quick", "--only=alone", "--requests=40", "--json"))
			.isZero();

		JsonNode score = new JsonMapper().readTree(this.out.toString());
		assertThat(score.path("engine").asString()).isEqualTo("the embedded engine");
		assertThat(score.path("histories").asString()).isEqualTo("linearizable");
		JsonNode alone = score.path("rows").path(0);
		assertThat(alone.path("name").asString()).isEqualTo("alone");
		assertThat(alone.path("ratio").path("median").asDouble()).isPositive();
		for (String side : new String[] { "first", "second" }) {
			assertThat(alone.path(side).path("asked").asInt()).as("ten requests in each of five runs").isEqualTo(50);
			assertThat(alone.path(side).path("commands").asDouble()).isEqualTo(1);
			assertThat(alone.path(side).path("bytes").asDouble()).isPositive();
		}
		assertThat(this.err.toString()).contains("run 1 of 22: warm-up", "run 22 of 22: alone, max-batch=1, about ");
	}

	@Test
	void measuresBigEvents() {
		assertThat(
				run(LastseatApplication.class, "bench", "--quick", "--only=big-release-1k", "--requests=40", "--json"))
			.isZero();

		JsonNode score = new JsonMapper().readTree(this.out.toString());
		assertThat(score.path("rows").path(0).path("ratio").path("median").asDouble()).isPositive();
		assertThat(score.path("eventDocumentBytes").path("1000").asInt()).isBetween(10_000, 200_000);
	}

	@Test
	void hasNoScoreForBigEventsOfAServiceThatLies() {
		assertThat(run(LyingApplication.class, "bench", "--quick", "--only=big-book-1k", "--requests=40")).isEqualTo(1);

		assertThat(this.out.toString()).doesNotContain("compared");
	}

	@Test
	void hasNoScoreForAServiceThatLies() {
		assertThat(run(LyingApplication.class, "bench", "--quick", "--only=alone", "--requests=10")).isEqualTo(1);

		assertThat(this.out.toString()).startsWith("linearizable: no, ").doesNotContain("compared");
	}

	/** Says yes to everybody, and books nobody. */
	@Configuration(proxyBeanMethods = false)
	@Import(LastseatApplication.class)
	static class LyingApplication {

		@Bean
		static BeanPostProcessor liar() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof EventRepository events) ? lying(events) : bean;
				}

			};
		}

		private static Object lying(EventRepository events) {
			return Proxy.newProxyInstance(EventRepository.class.getClassLoader(),
					new Class<?>[] { EventRepository.class }, (proxy, method, args) -> method.getName().equals("book")
							? booked((List<?>) args[1]) : method.invoke(events, args));
		}

		private static Flux<Decision> booked(List<?> users) {
			return Flux.fromIterable(users).map((user) -> new Decision((UserId) user, BookingOutcome.BOOKED));
		}

	}

}
