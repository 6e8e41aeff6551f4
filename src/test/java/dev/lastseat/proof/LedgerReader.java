package dev.lastseat.proof;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the stored registrations, holds and waiting users of an event directly from the
 * database, independently of the code of the service.
 */
final class LedgerReader implements AutoCloseable {

	private final MongoClient client;

	private final MongoDatabase database;

	LedgerReader(String uri, String database) {
		this.client = MongoClients.create(uri);
		this.database = this.client.getDatabase(database);
	}

	Ledger read(EventId event) {
		ObjectId id = new ObjectId(event.value());
		Document document = Mono.from(this.database.getCollection("events").find(Filters.eq("_id", id))).block();
		List<Document> sealedRegistrations = Flux
			.from(this.database.getCollection("registrations").find(Filters.eq("e", id)))
			.collectSortedList(Comparator.comparing((registration) -> registration.getInteger("n")))
			.block();
		return new Ledger(document.getInteger("capacity"), document.getInteger("tickets_sold"),
				document.getInteger("held", 0), registered(document, sealedRegistrations), holds(document),
				document.getList("waiting", String.class, List.of()).stream().map(UserId::new).toList());
	}

	@Override
	public void close() {
		this.client.close();
	}

	/**
	 * The users of valid sealed registrations, of the segment being sealed and of the
	 * open one.
	 */
	private static List<UserId> registered(Document event, List<Document> sealedRegistrations) {
		Stream<String> inSegments = sealedRegistrations.stream()
			.filter((registration) -> isValid(event, registration))
			.map((registration) -> registration.getString("u"));
		Stream<String> others = Stream.of("sealing", "registration_ids")
			.flatMap((field) -> event.getList(field, String.class, List.of()).stream());
		return Stream.concat(inSegments, others).map(UserId::new).toList();
	}

	private static List<Hold> holds(Document event) {
		return event.get("holds", new Document()).entrySet().stream().map((field) -> {
			Document hold = (Document) field.getValue();
			return new Hold(new UserId(URLDecoder.decode(field.getKey(), StandardCharsets.UTF_8)),
					hold.getDate("until").toInstant(), hold.getBoolean("offer", false));
		}).toList();
	}

	private static boolean isValid(Document event, Document sealed) {
		int segment = sealed.get("_id", Document.class).getInteger("s");
		Document pair = new Document("u", sealed.getString("u")).append("segment", segment);
		return segment < event.getInteger("segment", 0) && !sealed.containsKey("released")
				&& !event.getList("released", Document.class, List.of()).contains(pair);
	}

}
