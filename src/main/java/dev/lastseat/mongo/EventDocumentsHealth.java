package dev.lastseat.mongo;

import dev.lastseat.mongo.segments.LargeDocuments;
import dev.lastseat.mongo.segments.SegmentSize;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the event documents. Down if one contains more registrations than
 * {@link SegmentSize#tooLarge} and its maintenance fails.
 */
final class EventDocumentsHealth extends AbstractReactiveHealthIndicator {

	private final LargeDocuments largeDocuments;

	EventDocumentsHealth(LargeDocuments largeDocuments) {
		this.largeDocuments = largeDocuments;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return Mono.fromSupplier(() -> {
			int tooLarge = this.largeDocuments.countTooLarge();
			return ((tooLarge == 0) ? builder.up() : builder.down()).withDetail("tooLarge", tooLarge).build();
		});
	}

}
