package dev.lastseat.web;

import java.util.List;

/**
 * What there is to say of the operations on registrations.
 */
final class RegistrationOperations {

	static final String TAG = "Registrations";

	private RegistrationOperations() {
	}

	static void register(OperationDescription operation) {
		operation.is(TAG, "Register a user", "Books a seat. A user who holds one already is refused.")
			.secured()
			.preconditions()
			.body(ApiSchemas.REGISTRATION_REQUEST, new RegistrationRequest(ApiExamples.ADA.value()))
			.answers(201, "This request booked the seat.", ApiSchemas.REGISTRATION, registration(), ApiHeaders.LOCATION)
			.links(201, ApiLinks.ofRegistration(ApiOperation.READ_REGISTRATION, ApiOperation.RELEASE_REGISTRATION))
			.stored(ProblemCode.EVENT_NOT_FOUND, ProblemCode.ALREADY_REGISTERED, ProblemCode.SOLD_OUT)
			.written(true);
	}

	static void ensure(OperationDescription operation) {
		operation.is(TAG, "See to it that a user is registered", "Safe to repeat after any failure.")
			.secured()
			.preconditions()
			.answers(200, "The user held the seat already.", ApiSchemas.REGISTRATION, registration())
			.answers(201, "This request booked the seat.", ApiSchemas.REGISTRATION, registration(), ApiHeaders.LOCATION)
			.links(201, ApiLinks.ofRegistration(ApiOperation.READ_REGISTRATION, ApiOperation.RELEASE_REGISTRATION))
			.stored(ProblemCode.EVENT_NOT_FOUND, ProblemCode.SOLD_OUT)
			.written(true);
	}

	static void read(OperationDescription operation) {
		operation.is(TAG, "Read a registration", "Tells whether the user holds a ticket of the event.")
			.secured()
			.preconditionsWithoutTag()
			.answers(200, "The user is registered.", ApiSchemas.REGISTRATION, registration())
			.stored(ProblemCode.EVENT_NOT_FOUND, ProblemCode.REGISTRATION_NOT_FOUND);
	}

	static void release(OperationDescription operation) {
		operation.is(TAG, "Give a seat back", "Safe to repeat after any failure.")
			.secured()
			.preconditions()
			.answers(204, "The user holds no seat, now or already before.")
			.stored(ProblemCode.EVENT_NOT_FOUND)
			.written(true);
	}

	static void list(OperationDescription operation) {
		operation.is(TAG, "List who is registered", "In the order of booking.")
			.secured(EventOperations.SCOPE)
			.preconditionsWithoutTag()
			.paged()
			.answers(200, "A page of user ids.", ApiSchemas.REGISTRATION_LIST,
					new RegistrationListView(List.of(ApiExamples.ADA.value(), "bob"), null), ApiHeaders.LINK)
			.stored(ProblemCode.EVENT_NOT_FOUND);
	}

	static void listOfUser(OperationDescription operation) {
		operation.is(TAG, "List the events of a user", "In the order of their start.")
			.secured()
			.preconditionsWithoutTag()
			.paged()
			.answers(200, "A page of events.", ApiSchemas.EVENT_LIST, EventOperations.page(), ApiHeaders.LINK)
			.stored();
	}

	private static RegistrationView registration() {
		return RegistrationView.of(ApiExamples.GALA.id(), ApiExamples.ADA);
	}

}
