package dev.lastseat.web.stream;

import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.Problems;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class StreamLimitTest {

	private final StreamLimit places = new StreamLimit(2);

	@Test
	void refusesWhenNoPlaceIsLeft() {
		this.places.during(Mono.never()).subscribe();
		this.places.during(Mono.empty()).as(StepVerifier::create).verifyComplete();
		this.places.during(Mono.never()).subscribe();

		this.places.during(Mono.empty()).as(StepVerifier::create).verifyErrorSatisfies((error) -> {
			assertThat(error).hasMessage("too many streams are open");
			assertThat(Problems.of(error).headers().getFirst("Retry-After")).isEqualTo("1");
		});
	}

	@Test
	void givesAPlaceBackOnceHoweverAStreamEnds() {
		this.places.during(Mono.never()).subscribe();

		for (int i = 0; i < 3; i++) {
			this.places.during(Mono.empty()).as(StepVerifier::create).verifyComplete();
			this.places.during(Mono.error(new IllegalStateException("cut")))
				.as(StepVerifier::create)
				.verifyErrorMessage("cut");
			Disposable cancelled = this.places.during(Mono.never()).subscribe();
			cancelled.dispose();
			cancelled.dispose();
		}

		this.places.during(Mono.never()).subscribe();
		this.places.during(Mono.empty()).as(StepVerifier::create).verifyError(ProblemException.class);
	}

}
