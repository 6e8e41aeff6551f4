package dev.lastseat.web;

import java.util.List;
import java.util.Map;

/**
 * What there is to say of the operations on events.
 */
final class EventOperations {

	static final String TAG = "Events";

	static final String SCOPE = "events:write";

	private EventOperations() {
	}

	static void create(OperationDescription operation) {
		operation.is(TAG, "Create an event", "All of its seats are free.")
			.secured(SCOPE)
			.preconditions()
			.body(ApiSchemas.EVENT_REQUEST, ApiExamples.GALA_TO_CREATE)
			.answers(201, "The event was created.", ApiSchemas.EVENT, EventView.of(ApiExamples.GALA_CREATED),
					ApiHeaders.LOCATION, ApiHeaders.ETAG)
			.links(201,
					ApiLinks.ofEvent(ApiOperation.READ_EVENT, ApiOperation.CHANGE_EVENT, ApiOperation.DELETE_EVENT,
							ApiOperation.READ_STATUS, ApiOperation.REGISTER, ApiOperation.ENSURE_REGISTRATION,
							ApiOperation.LIST_REGISTRATIONS))
			.stored()
			.written(false);
	}

	static void list(OperationDescription operation) {
		operation.is(TAG, "List events", "In the order of their start; those that start together, of their id.")
			.parameter("from")
			.parameter("to")
			.paged()
			.preconditionsWithoutTag()
			.answers(200, "A page of events.", ApiSchemas.EVENT_LIST, page(), ApiHeaders.LINK)
			.stored();
	}

	static void ensure(OperationDescription operation) {
		operation.is(TAG, "Create an event under an id of your own",
				"Safe to repeat after any failure: an event with these very values is not created again. The id has "
						+ "24 hexadecimal digits, like an ObjectId of MongoDB.")
			.secured(SCOPE)
			.preconditions()
			.body(ApiSchemas.EVENT_REQUEST, ApiExamples.GALA_TO_CREATE)
			.answers(200, "The event exists with these very values.", ApiSchemas.EVENT,
					EventView.of(ApiExamples.GALA_CREATED), ApiHeaders.ETAG)
			.answers(201, "This request created the event.", ApiSchemas.EVENT, EventView.of(ApiExamples.GALA_CREATED),
					ApiHeaders.LOCATION, ApiHeaders.ETAG)
			.stored(ProblemCode.EVENT_EXISTS)
			.written(true);
	}

	static void read(OperationDescription operation) {
		operation.is(TAG, "Read an event", "Can be asked for only if it has changed.")
			.preconditions()
			.answers(200, "The event.", ApiSchemas.EVENT, EventView.of(ApiExamples.GALA), ApiHeaders.ETAG)
			.answers(304, "The event is the one that If-None-Match names.", ApiHeaders.ETAG)
			.stored(ProblemCode.EVENT_NOT_FOUND);
	}

	static void change(OperationDescription operation) {
		operation
			.is(TAG, "Change an event", "Any of the fields of its creation. The capacity stays above what is sold.")
			.secured(SCOPE)
			.preconditions()
			.body(ApiSchemas.EVENT_CHANGE, Map.of("description", "An evening"))
			.answers(200, "The event as it is now.", ApiSchemas.EVENT, EventView.of(ApiExamples.GALA), ApiHeaders.ETAG)
			.stored(ProblemCode.EVENT_NOT_FOUND, ProblemCode.CAPACITY_BELOW_SOLD)
			.written(false);
	}

	static void delete(OperationDescription operation) {
		operation
			.is(TAG, "Delete an event",
					"While users are registered for it, only with withRegistrations=true: this cancels the event.")
			.secured(SCOPE)
			.parameter(RequestReader.WITH_REGISTRATIONS)
			.invalid(RequestReader.BAD_FLAG)
			.preconditions()
			.answers(204, "The event was deleted.")
			.stored(ProblemCode.EVENT_NOT_FOUND, ProblemCode.EVENT_HAS_REGISTRATIONS)
			.written(true);
	}

	static void status(OperationDescription operation) {
		operation.is(TAG, "Read or watch how the sale stands",
				"The counters of an event, without the rest of it: as JSON once, as text/event-stream from now on. "
						+ "Of the stream, each event \"status\" has as its data what the JSON has, and as its id the "
						+ "revision. It ends with an event \"closed\" when the event is deleted.")
			.parameter(RequestReader.LAST_EVENT_ID)
			.preconditionsWithoutTag()
			.answers(200, "How the sale stands.", ApiSchemas.STATUS, StatusView.of(ApiExamples.GALA))
			.streamed()
			.stored(ProblemCode.EVENT_NOT_FOUND);
	}

	static void watch(OperationDescription operation) {
		operation.is(TAG, "Watch how the sale of several events stands",
				"First how each stands, then what changes, as events \"status\" without ids, whose data is what "
						+ "the status of one event is. An event \"closed\" says that one does not exist, or not any more; with the last "
						+ "of them the stream ends.")
			.parameter(ApiParameters.EVENT_IDS)
			.preconditionsWithoutTag()
			.invalid(RequestReader.BAD_EVENT_IDS)
			.answers(200, "How the sales stand, from now on.")
			.streamed()
			.stored(ProblemCode.EVENT_NOT_FOUND);
	}

	static EventListView page() {
		return new EventListView(List.of(EventView.of(ApiExamples.GALA)), null);
	}

}
