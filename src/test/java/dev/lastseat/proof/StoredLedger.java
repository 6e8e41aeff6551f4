package dev.lastseat.proof;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Reads the stored document past the service, as anybody with a shell could.
 */
final class StoredLedger {

	private StoredLedger() {
	}

	static Ledger read(String uri, String database, EventId event) {
		try (MongoClient client = MongoClients.create(uri)) {
			Document document = Mono
				.from(client.getDatabase(database)
					.getCollection("events")
					.find(Filters.eq("_id", new ObjectId(event.value()))))
				.block();
			List<UserId> users = document.getList("registration_ids", String.class).stream().map(UserId::new).toList();
			return new Ledger(document.getInteger("capacity"), document.getInteger("tickets_sold"), users);
		}
	}

}
