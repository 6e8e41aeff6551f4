package dev.lastseat.mongo.segments;

import dev.lastseat.booking.EventRepository;
import dev.lastseat.mongo.StoredEvents;
import dev.lastseat.mongo.TestStorage;
import org.junit.jupiter.api.BeforeEach;

/**
 * The storage and the repositories of a contract of sealed segments.
 */
abstract class SegmentTest {

	TestStorage storage;

	StoredEvents stored;

	SegmentFixture segments;

	EventRepository repository;

	EventRepository withoutSealing;

	@BeforeEach
	void use(TestStorage storage) {
		this.storage = storage;
		this.stored = storage.stored();
		this.segments = new SegmentFixture(storage);
		this.repository = this.segments.repository();
		this.withoutSealing = this.segments.withoutSealing();
	}

}
