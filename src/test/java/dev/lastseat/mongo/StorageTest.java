package dev.lastseat.mongo;

import dev.lastseat.booking.EventRepository;
import org.junit.jupiter.api.BeforeEach;

/**
 * The storage of a contract, its repository and its documents.
 */
abstract class StorageTest {

	TestStorage storage;

	EventRepository repository;

	StoredEvents stored;

	@BeforeEach
	void use(TestStorage storage) {
		this.storage = storage;
		this.repository = storage.repository();
		this.stored = storage.stored();
	}

}
