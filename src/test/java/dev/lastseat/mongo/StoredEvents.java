package dev.lastseat.mongo;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.TestRun;
import dev.lastseat.booking.EventId;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at event documents past the repository, as anybody with a shell could.
 */
public final class StoredEvents {

	private static final Duration PATIENCE = TestRun.TIMEOUT;

	private final MongoCollection<Document> events;

	private final MongoCollection<Document> registrations;

	StoredEvents(MongoDatabase database) {
		this.events = database.getCollection("events");
		this.registrations = database.getCollection("registrations");
	}

	/**
	 * An event document, and who is registered: with an entry that counts, on the way to
	 * one, or in the document.
	 */
	private record State(Document event, List<String> registered) {
	}

	public Document read(EventId event) {
		return fetch(event).block(PATIENCE);
	}

	public List<String> registrationIds(EventId event) {
		return state(event).repeatWhenEmpty(Flux::repeat).block(PATIENCE).registered();
	}

	public List<Document> entries(EventId event) {
		return Flux.from(this.registrations.find(Filters.eq("e", new ObjectId(event.value()))))
			.collectSortedList(Comparator.comparing((entry) -> entry.getInteger("n")))
			.block(PATIENCE);
	}

	/**
	 * Runs something, and reads what is stored over and over while it lasts. Every state
	 * seen must satisfy the invariants, and so must the last.
	 * @return what the work emitted
	 */
	public <T> T watch(EventId event, Mono<T> work) {
		Mono<T> shared = work.cache();
		Mono<List<State>> looks = state(event).repeat()
			.takeUntilOther(shared)
			.distinctUntilChanged()
			.concatWith(state(event).repeatWhenEmpty(Flux::repeat))
			.collectList();
		var both = Mono.zip(shared, looks).block(PATIENCE);
		both.getT2().forEach(StoredEvents::requireInvariants);
		return both.getT1();
	}

	public void requireInvariants(EventId event) {
		requireInvariants(state(event).repeatWhenEmpty(Flux::repeat).block(PATIENCE));
	}

	private static void requireInvariants(State state) {
		int capacity = state.event().getInteger("capacity");
		int ticketsSold = state.event().getInteger("tickets_sold");
		List<String> ids = state.registered();
		assertThat(ticketsSold).as("tickets_sold").isBetween(0, capacity);
		assertThat(ids).as("registration_ids").hasSize(ticketsSold);
		assertThat(new HashSet<>(ids)).as("distinct registration_ids").hasSize(ids.size());
	}

	/**
	 * Empty when somebody has come or gone between the reads that it takes.
	 */
	private Mono<State> state(EventId event) {
		return fetch(event)
			.flatMap((document) -> Flux.from(this.registrations.find(Filters.eq("e", new ObjectId(event.value()))))
				.collectSortedList(Comparator.comparing((entry) -> entry.getInteger("n")))
				.filterWhen((entries) -> entries.isEmpty() ? Mono.just(true)
						: fetch(event).map((later) -> later.get("revision").equals(document.get("revision"))))
				.map((entries) -> new State(document, registered(document, entries))));
	}

	private static List<String> registered(Document event, List<Document> entries) {
		Stream<String> sealed = entries.stream()
			.filter((entry) -> counts(event, entry))
			.map((entry) -> entry.getString("u"));
		Stream<String> others = Stream.of("sealing", "registration_ids")
			.flatMap((field) -> event.getList(field, String.class, List.of()).stream());
		return Stream.concat(sealed, others).toList();
	}

	private static boolean counts(Document event, Document entry) {
		int segment = entry.get("_id", Document.class).getInteger("s");
		Document pair = new Document("u", entry.getString("u")).append("segment", segment);
		return segment < event.getInteger("segment", 0) && !entry.containsKey("released")
				&& !event.getList("released", Document.class, List.of()).contains(pair);
	}

	private Mono<Document> fetch(EventId event) {
		return Mono.from(this.events.find(Filters.eq("_id", new ObjectId(event.value()))));
	}

}
