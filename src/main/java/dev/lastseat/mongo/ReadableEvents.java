package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.StorageMonitor;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads event documents and leaves out those that cannot be read, because another program
 * has written them in another form. Each of them is logged once.
 */
final class ReadableEvents {

	private static final Logger logger = LoggerFactory.getLogger(ReadableEvents.class);

	/**
	 * Number of documents that are remembered as logged. A document that was forgotten is
	 * logged again.
	 */
	private static final int REMEMBERED_DOCUMENTS = 1_000;

	private static final Map<String, Class<?>> REQUIRED = Map.of(EventDocument.ID, ObjectId.class, EventDocument.TITLE,
			String.class, EventDocument.STARTS_AT, Date.class, EventDocument.CAPACITY, Number.class,
			EventDocument.TICKETS_SOLD, Number.class, EventDocument.REVISION, Number.class, EventDocument.CREATED_AT,
			Date.class);

	private static final Map<String, Class<?>> OPTIONAL = Map.of(EventDocument.DESCRIPTION, String.class,
			EventDocument.ENDS_AT, Date.class, EventDocument.SALES_OPEN_AT, Date.class, EventDocument.SALES_CLOSE_AT,
			Date.class, EventDocument.HOLD_SECONDS, Number.class, EventDocument.HELD, Number.class);

	private final StorageMonitor monitor;

	private final Cache<Object, Boolean> logged = CacheBuilder.newBuilder().maximumSize(REMEMBERED_DOCUMENTS).build();

	ReadableEvents(StorageMonitor monitor) {
		this.monitor = monitor;
	}

	/**
	 * @return empty if the document cannot be read
	 */
	Optional<Event> read(Document document) {
		List<String> wrong = wrongFields(document);
		if (wrong.isEmpty()) {
			return Optional.of(EventDocument.toEvent(document));
		}
		this.monitor.unreadableDocument();
		Object id = document.get(EventDocument.ID);
		if (this.logged.asMap().putIfAbsent(id, true) == null) {
			// An id of another type may contain personal data.
			logger.warn("An event document cannot be read and is left out: _id {}, missing or of a wrong type: {}",
					(id instanceof ObjectId) ? id : "of type " + id.getClass().getSimpleName(),
					String.join(", ", wrong));
		}
		return Optional.empty();
	}

	private static List<String> wrongFields(Document document) {
		List<String> wrong = new ArrayList<>();
		REQUIRED.forEach((field, type) -> {
			if (!type.isInstance(document.get(field))) {
				wrong.add(field);
			}
		});
		OPTIONAL.forEach((field, type) -> {
			if (isWrong(document, field, type)) {
				wrong.add(field);
			}
		});
		return wrong.stream().sorted().toList();
	}

	private static boolean isWrong(Document document, String field, Class<?> type) {
		return document.get(field) != null && !type.isInstance(document.get(field));
	}

	/**
	 * Whether a cursor can point to the document. Even if it cannot be read, a page can
	 * continue after it.
	 */
	static boolean hasCursor(Document document) {
		return document.get(EventDocument.ID) instanceof ObjectId
				&& document.get(EventDocument.STARTS_AT) instanceof Date;
	}

	/** Whether the fields of the status can be read. */
	static boolean hasStatus(Document document) {
		return List.of(EventDocument.CAPACITY, EventDocument.TICKETS_SOLD, EventDocument.REVISION)
			.stream()
			.allMatch((field) -> document.get(field) instanceof Number)
				&& OPTIONAL.entrySet()
					.stream()
					.noneMatch((field) -> isWrong(document, field.getKey(), field.getValue()));
	}

}
