package dev.lastseat.mongo;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
 * Reads event documents and sealed registrations directly, without the repository.
 */
public final class StoredEvents {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private final MongoCollection<Document> events;

	private final MongoCollection<Document> registrations;

	private final MongoCollection<Document> journal;

	StoredEvents(MongoDatabase database) {
		this.journal = database.getCollection("journal");
		this.events = database.getCollection("events");
		this.registrations = database.getCollection("registrations");
	}

	/**
	 * An event document and the registered users in order of booking: sealed, being
	 * sealed, and in the open segment.
	 */
	private record State(Document event, List<String> registered) {
	}

	public Document read(EventId event) {
		return fetch(event).block(TIMEOUT);
	}

	public List<String> registrationIds(EventId event) {
		return state(event).repeatWhenEmpty(Flux::repeat).block(TIMEOUT).registered();
	}

	public List<Document> sealedRegistrations(EventId event) {
		return Flux.from(this.registrations.find(Filters.eq("e", new ObjectId(event.value()))))
			.collectSortedList(Comparator.comparing((sealed) -> sealed.getInteger("n")))
			.block(TIMEOUT);
	}

	/** The moved parts of the journal of an event, in order. */
	public List<Document> journalSegments(EventId event) {
		return Flux.from(this.journal.find(Filters.eq("e", new ObjectId(event.value()))))
			.collectSortedList(Comparator.comparing((segment) -> segment.getLong("last")))
			.block(TIMEOUT);
	}

	/**
	 * Runs work, and reads the event repeatedly until the work is done and once after it.
	 * Every state that was read must satisfy the invariants.
	 * @return the result of the work
	 */
	public <T> T watch(EventId event, Mono<T> work) {
		Mono<T> shared = work.cache();
		Mono<List<State>> reads = state(event).repeat()
			.takeUntilOther(shared)
			.distinctUntilChanged()
			.concatWith(state(event).repeatWhenEmpty(Flux::repeat))
			.collectList();
		var both = Mono.zip(shared, reads).block(TIMEOUT);
		both.getT2().forEach(StoredEvents::requireInvariants);
		both.getT2().forEach(StoredEvents::requireNoFreeSeatWhileUsersWait);
		return both.getT1();
	}

	public void requireInvariants(EventId event) {
		requireInvariants(state(event).repeatWhenEmpty(Flux::repeat).block(TIMEOUT));
	}

	private static void requireInvariants(State state) {
		int capacity = state.event().getInteger("capacity");
		int ticketsSold = state.event().getInteger("tickets_sold");
		List<String> ids = state.registered();
		int held = state.event().getInteger("held", 0);
		Set<String> holders = holders(state.event());
		assertThat(ticketsSold).as("tickets_sold").isBetween(0, capacity);
		assertThat(held).as("held").isBetween(0, capacity - ticketsSold).isEqualTo(holders.size());
		assertThat(ids).as("registered users with a hold").noneMatch(holders::contains);
		assertThat(ids).as("registration_ids").hasSize(ticketsSold);
		assertThat(new HashSet<>(ids)).as("distinct registration_ids").hasSize(ids.size());
		List<String> waiting = state.event().getList("waiting", String.class, List.of());
		assertThat(state.event().getInteger("waiting_count", 0)).as("waiting_count").isEqualTo(waiting.size());
		assertThat(waiting).as("waiting").doesNotHaveDuplicates().noneMatch(Set.copyOf(ids)::contains);
		assertThat(waiting).as("waiting users with a hold").noneMatch(holders::contains);
	}

	/**
	 * No seat is free while users wait. Only if an event has as many holds as it may
	 * have, or for a moment after its capacity was raised, this is not so.
	 */
	private static void requireNoFreeSeatWhileUsersWait(State state) {
		Document event = state.event();
		int free = event.getInteger("capacity") - event.getInteger("tickets_sold") - event.getInteger("held", 0);
		assertThat(free == 0 || event.getList("waiting", String.class, List.of()).isEmpty())
			.as("no seat is free while users wait")
			.isTrue();
	}

	/** The users with a hold. Checks the form of each hold. */
	private static Set<String> holders(Document event) {
		Document holds = event.get("holds", new Document());
		holds.forEach((name, hold) -> {
			assertThat(name).as("field of a hold").doesNotContain(".", "$");
			assertThat((Document) hold).containsKey("until");
			assertThat(((Document) hold).getDate("until")).as("next_expiry")
				.isAfterOrEqualTo(event.getDate("next_expiry"));
		});
		return holds.keySet()
			.stream()
			.map((name) -> name.replace("%24", "$").replace("%2E", ".").replace("%25", "%"))
			.collect(Collectors.toSet());
	}

	/** Empty if the event changed between the two reads of the event. */
	private Mono<State> state(EventId event) {
		return fetch(event)
			.flatMap((document) -> Flux.from(this.registrations.find(Filters.eq("e", new ObjectId(event.value()))))
				.collectSortedList(Comparator.comparing((sealed) -> sealed.getInteger("n")))
				.filterWhen((sealed) -> sealed.isEmpty() ? Mono.just(true)
						: fetch(event).map((later) -> later.get("revision").equals(document.get("revision"))))
				.map((sealed) -> new State(document, registered(document, sealed))));
	}

	private static List<String> registered(Document event, List<Document> sealed) {
		Stream<String> inSealedSegments = sealed.stream()
			.filter((registration) -> isValid(event, registration))
			.map((registration) -> registration.getString("u"));
		Stream<String> inDocument = Stream.of("sealing", "registration_ids")
			.flatMap((field) -> event.getList(field, String.class, List.of()).stream());
		return Stream.concat(inSealedSegments, inDocument).toList();
	}

	private static boolean isValid(Document event, Document sealed) {
		int segment = sealed.get("_id", Document.class).getInteger("s");
		Document key = new Document("u", sealed.getString("u")).append("segment", segment);
		return segment < event.getInteger("segment", 0) && !sealed.containsKey("released")
				&& !event.getList("released", Document.class, List.of()).contains(key);
	}

	private Mono<Document> fetch(EventId event) {
		return Mono.from(this.events.find(Filters.eq("_id", new ObjectId(event.value()))));
	}

}
