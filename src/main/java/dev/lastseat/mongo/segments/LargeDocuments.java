package dev.lastseat.mongo.segments;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.StorageMonitor;
import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event documents whose size this process must check: it has made them longer since
 * the last check, or they are too large and their maintenance fails.
 */
public final class LargeDocuments {

	private static final Logger logger = LoggerFactory.getLogger(LargeDocuments.class);

	private final SegmentSize size;

	private final StorageMonitor monitor;

	private final Set<ObjectId> written = ConcurrentHashMap.newKeySet();

	private final Set<ObjectId> tooLarge = ConcurrentHashMap.newKeySet();

	LargeDocuments(SegmentSize size, StorageMonitor monitor) {
		this.size = size;
		this.monitor = monitor;
	}

	void written(ObjectId event) {
		this.written.add(event);
	}

	/** Maintenance of the event has succeeded. */
	void maintained(ObjectId event) {
		this.written.remove(event);
		if (this.tooLarge.remove(event)) {
			this.monitor.oversizedDocuments(this.tooLarge.size());
			logger.info("The document of event {} is small again", event);
		}
	}

	/**
	 * Maintenance of the event has failed.
	 * @param memory of the event, which knows the size of its document
	 */
	void failed(ObjectId event, SegmentMemory memory) {
		if (memory.isTooLarge() && this.tooLarge.add(event)) {
			this.monitor.oversizedDocuments(this.tooLarge.size());
			logger
				.warn("The document of event {} contains more than {} registrations or entries of its journal, and moving "
						+ "them to the collections {} and {} fails. Bookings fail at 16 MB. This process is not ready "
						+ "until maintenance succeeds", event, this.size.tooLarge(), SealedRegistration.COLLECTION,
						JournalSegment.COLLECTION);
		}
	}

	public int countTooLarge() {
		return this.tooLarge.size();
	}

	Set<ObjectId> toCheck() {
		return Stream.of(this.written, this.tooLarge).flatMap(Set::stream).collect(Collectors.toSet());
	}

}
