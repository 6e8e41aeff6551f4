package dev.lastseat.simulation;

import java.time.Clock;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.mongo.segments.SegmentSize;

/** Creates the repository of a process. */
interface RepositoryFactory {

	EventRepository create(MongoDatabase database, SegmentSize size, Clock clock);

}
