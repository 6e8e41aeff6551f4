package dev.lastseat.mongo;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.StorageMonitor;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Creates the indexes of the service, and keeps indexes that exist.
 */
class IndexContract {

	private MongoDatabase database;

	@BeforeEach
	void use(TestStorage storage) {
		this.database = storage.database();
	}

	@Test
	void createsTheIndexesWithTheirNames() {
		assertThat(indexes("events")).containsEntry("events_starts_at", new Document("starts_at", 1))
			.containsEntry("events_reg_ids", new Document("registration_ids", 1))
			.containsEntry("events_sealing", new Document("sealing", 1))
			.containsEntry("events_released", new Document("released.u", 1))
			.containsEntry("events_journal_moving", new Document("journal_moving_since", 1))
			.containsEntry("events_deleted", new Document("deleted_at", 1))
			.containsEntry("events_next_expiry", new Document("next_expiry", 1));
		assertThat(indexes("registrations"))
			.containsEntry("registrations_event_user", new Document("e", 1).append("u", 1))
			.containsEntry("registrations_event_order", new Document("e", 1).append("n", 1))
			.containsEntry("registrations_user", new Document("u", 1));
		assertThat(indexes("journal")).containsEntry("journal_event_order", new Document("e", 1).append("last", 1));
	}

	@Test
	void keepsExistingIndexes() {
		new EventIndexes(this.database, StorageMonitor.NONE).ensure().block();

		assertThat(indexes("events")).hasSize(8);
		assertThat(indexes("registrations")).hasSize(4);
		assertThat(indexes("journal")).hasSize(2);
	}

	@Test
	void keepsAnIndexWithAnotherName() {
		MongoCollection<Document> events = collectionWith("starts_at", "by_hand");

		indexes(events).ensure().block();

		assertThat(indexes("by_hand")).containsEntry("by_hand", new Document("starts_at", 1))
			.containsKey("events_reg_ids");
	}

	@Test
	@Needs(Feature.UNIQUE_INDEX_NAMES)
	void keepsAnIndexWithOtherKeys() {
		MongoCollection<Document> events = collectionWith("title", "events_starts_at");

		indexes(events).ensure().block();

		assertThat(indexes("events_starts_at")).containsEntry("events_starts_at", new Document("title", 1))
			.containsKey("events_reg_ids");
	}

	private EventIndexes indexes(MongoCollection<Document> events) {
		return new EventIndexes(events, this.database.getCollection("registrations"),
				this.database.getCollection("journal"), StorageMonitor.NONE, Duration.ofMinutes(1));
	}

	private MongoCollection<Document> collectionWith(String field, String index) {
		MongoCollection<Document> collection = this.database.getCollection(index);
		Mono.from(collection.createIndex(Indexes.ascending(field), new IndexOptions().name(index))).block();
		return collection;
	}

	private Map<String, Document> indexes(String collection) {
		MongoCollection<Document> events = this.database.getCollection(collection);
		return Flux.from(events.listIndexes())
			.collect(Collectors.toMap((index) -> index.getString("name"), (index) -> index.get("key", Document.class)))
			.block();
	}

}
