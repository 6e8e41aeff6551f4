package dev.lastseat.mongo;

import java.util.function.Supplier;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.mongo.segments.JournalSegment;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;

/**
 * The collections of events, of sealed registrations, and of moved journals. Writes are
 * acknowledged by the majority and journaled, reads go to the primary, and the
 * {@linkplain ReadConcerns read concern} is chosen for each operation. These settings
 * override those of the connection string, since the guarantees depend on them.
 */
public final class MongoCollections {

	private final MongoCollection<Document> events;

	private final MongoCollection<Document> registrations;

	private final MongoCollection<Document> journal;

	private final ReadConcerns concerns;

	private final Supplier<ReadConcern> concern;

	private MongoCollections(MongoCollection<Document> events, MongoCollection<Document> registrations,
			MongoCollection<Document> journal, ReadConcerns concerns, Supplier<ReadConcern> concern) {
		this.events = events;
		this.registrations = registrations;
		this.journal = journal;
		this.concerns = concerns;
		this.concern = concern;
	}

	/**
	 * For writes, and for reads that an outcome or a later step depends on.
	 */
	static MongoCollections of(MongoDatabase database, ReadConcerns concerns) {
		return new MongoCollections(collection(database, EventDocument.COLLECTION),
				collection(database, SealedRegistration.COLLECTION), collection(database, JournalSegment.COLLECTION),
				concerns, concerns::forDecisions);
	}

	private static MongoCollection<Document> collection(MongoDatabase database, String name) {
		return database.getCollection(name)
			.withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
			.withReadPreference(ReadPreference.primary());
	}

	/**
	 * The same collections for reads whose result is only displayed.
	 */
	public MongoCollections forDisplay() {
		return new MongoCollections(this.events, this.registrations, this.journal, this.concerns,
				this.concerns::forDisplay);
	}

	public MongoCollection<Document> events() {
		return this.events.withReadConcern(this.concern.get());
	}

	/**
	 * For writes: these have no read concern.
	 */
	MongoCollection<Document> eventsToWrite() {
		return this.events;
	}

	/**
	 * Whether the server supports an update by a pipeline. The embedded engine does not;
	 * MongoDB does. The driver sees the embedded engine as a standalone, so a standalone
	 * counts as not supporting it.
	 */
	boolean supportPipelineUpdates() {
		return this.concerns.isReplicated();
	}

	public MongoCollection<Document> registrations() {
		return this.registrations.withReadConcern(this.concern.get());
	}

	public MongoCollection<Document> journal() {
		return this.journal.withReadConcern(this.concern.get());
	}

}
