package dev.lastseat.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;

/**
 * Where events and sealed registrations are stored.
 */
record MongoCollections(MongoCollection<Document> events, MongoCollection<Document> registrations) {

	/**
	 * @param database whose settings for concerns and preference are overruled: what the
	 * guarantee rests on is not left to a connection string. Writes are acknowledged by
	 * the majority and journaled. Reads go to the primary and see its latest state, since
	 * they explain what a write on the primary has just seen.
	 */
	static MongoCollections of(MongoDatabase database) {
		return new MongoCollections(collection(database, EventDocument.COLLECTION),
				collection(database, Entry.COLLECTION));
	}

	private static MongoCollection<Document> collection(MongoDatabase database, String name) {
		return database.getCollection(name)
			.withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
			.withReadConcern(ReadConcern.LOCAL)
			.withReadPreference(ReadPreference.primary());
	}

}
