package dev.lastseat.mongo.segments;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.mongo.FailureLog;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class BackgroundWorkTest {

	private final BackgroundWork background = new BackgroundWork(new FailureLog(StorageMonitor.NONE));

	private final Sinks.Empty<Void> first = Sinks.empty();

	private final Sinks.Empty<Void> second = Sinks.empty();

	@Test
	void stopsWhenTheLastWorkHasEnded() {
		this.background.begin(this.first.asMono());
		this.background.begin(this.second.asMono());

		CompletableFuture<Void> stopped = this.background.stop();

		assertThat(stopped).isNotDone();
		this.first.tryEmitEmpty().orThrow();
		assertThat(stopped).isNotDone();
		this.second.tryEmitEmpty().orThrow();
		assertThat(stopped).isCompleted();
	}

	@Test
	void stopsAtOnceWhenAllWorkHasEnded() {
		this.background.begin(Mono.empty());

		assertThat(this.background.stop()).isCompleted();
	}

	@Test
	void beginsNoWorkAfterTheStop() {
		AtomicInteger begun = new AtomicInteger();
		Mono<Void> work = Mono.fromRunnable(begun::incrementAndGet);
		assertThat(this.background.begin(work)).isTrue();
		this.background.begin(this.first.asMono());

		this.background.stop();

		assertThat(this.background.begin(work)).isFalse();
		assertThat(begun).hasValue(1);
	}

	@Test
	void waitsForRunningWorkAlsoInASecondStop() {
		this.background.begin(this.first.asMono());

		this.background.stop();

		assertThat(this.background.stop()).isNotDone();
	}

}
