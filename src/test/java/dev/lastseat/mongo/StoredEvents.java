package dev.lastseat.mongo;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventId;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at event documents past the repository, as anybody with a shell could.
 */
final class StoredEvents {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final MongoCollection<Document> events;

	StoredEvents(MongoDatabase database) {
		this.events = database.getCollection("events");
	}

	Document read(EventId event) {
		return fetch(event).block(PATIENCE);
	}

	List<String> registrationIds(EventId event) {
		return read(event).getList("registration_ids", String.class);
	}

	/**
	 * Runs something, and reads the document over and over while it lasts. Every state
	 * seen must satisfy the invariants, and so must the last.
	 * @return what the work emitted
	 */
	<T> T watch(EventId event, Mono<T> work) {
		Mono<T> shared = work.cache();
		Mono<List<Document>> looks = fetch(event).repeat()
			.takeUntilOther(shared)
			.distinctUntilChanged()
			.concatWith(fetch(event))
			.collectList();
		var both = Mono.zip(shared, looks).block(PATIENCE);
		both.getT2().forEach(StoredEvents::requireInvariants);
		return both.getT1();
	}

	static void requireInvariants(Document document) {
		int capacity = document.getInteger("capacity");
		int ticketsSold = document.getInteger("tickets_sold");
		List<String> ids = document.getList("registration_ids", String.class);
		assertThat(ticketsSold).as("tickets_sold").isBetween(0, capacity);
		assertThat(ids).as("registration_ids").hasSize(ticketsSold);
		assertThat(new HashSet<>(ids)).as("distinct registration_ids").hasSize(ids.size());
	}

	private Mono<Document> fetch(EventId event) {
		return Mono.from(this.events.find(Filters.eq("_id", new ObjectId(event.value()))));
	}

}
