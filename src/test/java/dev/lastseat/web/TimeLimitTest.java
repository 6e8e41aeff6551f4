package dev.lastseat.web;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source before and after its limit.
 */
class TimeLimitTest {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final AtomicInteger errors = new AtomicInteger();

	@AfterEach
	void stop() {
		this.time.dispose();
	}

	private <T> Mono<T> limited(Mono<T> source) {
		return new TimeLimit<>(source, LIMIT, () -> {
			this.errors.incrementAndGet();
			return new TimeoutException("limit");
		}, this.time);
	}

	private void passLimit() {
		this.time.advanceTimeBy(LIMIT);
	}

	@Test
	void emitsAValueBeforeTheLimit() {
		Sinks.One<String> source = Sinks.one();

		limited(source.asMono()).as(StepVerifier::create)
			.then(() -> this.time.advanceTimeBy(LIMIT.minusMillis(1)))
			.then(() -> source.tryEmitValue("value").orThrow())
			.expectNext("value")
			.verifyComplete();
		passLimit();
		assertThat(this.errors).hasValue(0);
	}

	@Test
	void emitsAValueThatIsThereAtOnce() {
		limited(Mono.just("value")).as(StepVerifier::create).expectNext("value").verifyComplete();
		limited(Mono.empty()).as(StepVerifier::create).verifyComplete();
		limited(Mono.error(new IllegalStateException("broken"))).as(StepVerifier::create).verifyErrorMessage("broken");
	}

	@Test
	void failsAtTheLimitAndCancelsTheSource() {
		PublisherProbe<String> source = PublisherProbe.of(Mono.never());

		limited(source.mono()).as(StepVerifier::create).then(this::passLimit).verifyErrorMessage("limit");

		source.assertWasCancelled();
	}

	@Test
	void dropsWhatComesAfterTheLimit() {
		TestPublisher<String> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);

		limited(Mono.fromDirect(source)).as(StepVerifier::create)
			.then(this::passLimit)
			.then(() -> source.next("late"))
			.verifyErrorMessage("limit");
	}

	@Test
	void cancelsTheSourceWithItsSubscriber() {
		PublisherProbe<String> source = PublisherProbe.of(Mono.never());

		limited(source.mono()).as(StepVerifier::create).thenRequest(1).thenCancel().verify();
		passLimit();

		source.assertWasCancelled();
		assertThat(this.errors).hasValue(0);
	}

	@Test
	void startsNothingAfterItIsCancelled() {
		PublisherProbe<String> source = PublisherProbe.of(Mono.never());

		StepVerifier.create(limited(source.mono()), 0).thenCancel().verify();
		limited(source.mono()).subscribe(new BaseSubscriber<String>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.cancel();
				subscription.request(1);
			}

		});

		source.assertWasNotSubscribed();
		passLimit();
		assertThat(this.errors).hasValue(0);
	}

	@Test
	void startsTheSourceWhenItsValueIsRequested() {
		PublisherProbe<String> source = PublisherProbe.of(Mono.just("value"));

		StepVerifier.create(limited(source.mono()), 0)
			.expectSubscription()
			.then(source::assertWasNotSubscribed)
			.thenRequest(1)
			.expectNext("value")
			.verifyComplete();
	}

	@Test
	void passesTheContextToTheSource() {
		limited(Mono.deferContextual((context) -> Mono.just(context.get("key").toString())))
			.contextWrite(Context.of("key", "value"))
			.as(StepVerifier::create)
			.expectNext("value")
			.verifyComplete();
	}

}
