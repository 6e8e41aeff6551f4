package dev.lastseat.web.stream;

import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.Problems;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class StreamLimitTest {

	private final StreamLimit limit = new StreamLimit(2);

	@Test
	void rejectsAStreamBeyondTheLimit() {
		this.limit.during(Mono.never()).subscribe();
		this.limit.during(Mono.empty()).as(StepVerifier::create).verifyComplete();
		this.limit.during(Mono.never()).subscribe();

		this.limit.during(Mono.empty()).as(StepVerifier::create).verifyErrorSatisfies((error) -> {
			assertThat(error).hasMessage("too many streams are open");
			assertThat(Problems.of(error).headers().getFirst("Retry-After")).isEqualTo("1");
		});
	}

	@Test
	void releasesAPermitOnceHoweverAStreamEnds() {
		this.limit.during(Mono.never()).subscribe();

		for (int i = 0; i < 3; i++) {
			this.limit.during(Mono.empty()).as(StepVerifier::create).verifyComplete();
			this.limit.during(Mono.error(new IllegalStateException("cut")))
				.as(StepVerifier::create)
				.verifyErrorMessage("cut");
			Disposable cancelled = this.limit.during(Mono.never()).subscribe();
			cancelled.dispose();
			cancelled.dispose();
		}

		this.limit.during(Mono.never()).subscribe();
		this.limit.during(Mono.empty()).as(StepVerifier::create).verifyError(ProblemException.class);
	}

}
