package dev.lastseat.mongo;

import dev.lastseat.mongo.segments.LargeDocuments;
import dev.lastseat.mongo.segments.SegmentSize;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether the event documents are as small as maintenance should keep them. Down when one
 * holds more registrations than {@link SegmentSize#tooMany} and cannot be made smaller.
 */
final class EventDocumentsHealth extends AbstractReactiveHealthIndicator {

	private final LargeDocuments documents;

	EventDocumentsHealth(LargeDocuments documents) {
		this.documents = documents;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return Mono.fromSupplier(() -> {
			int tooLarge = this.documents.countTooLarge();
			return ((tooLarge == 0) ? builder.up() : builder.down()).withDetail("tooLarge", tooLarge).build();
		});
	}

}
