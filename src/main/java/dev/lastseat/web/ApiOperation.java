package dev.lastseat.web;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The operations of the API, as its description names them.
 */
enum ApiOperation {

	CREATE_EVENT("createEvent", EventOperations::create),

	LIST_EVENTS("listEvents", EventOperations::list),

	READ_EVENT("readEvent", EventOperations::read),

	ENSURE_EVENT("ensureEvent", EventOperations::ensure), CHANGE_EVENT("changeEvent", EventOperations::change),

	DELETE_EVENT("deleteEvent", EventOperations::delete),

	READ_STATUS("readStatus", EventOperations::status),

	WATCH_STATUS("watchStatus", EventOperations::watch),

	REGISTER("register", RegistrationOperations::register),

	LIST_REGISTRATIONS("listRegistrations", RegistrationOperations::list),

	ENSURE_REGISTRATION("ensureRegistration", RegistrationOperations::ensure),

	READ_REGISTRATION("readRegistration", RegistrationOperations::read),

	RELEASE_REGISTRATION("releaseRegistration", RegistrationOperations::release),

	LIST_EVENTS_OF_USER("listEventsOfUser", RegistrationOperations::listOfUser),

	EXPLAIN_PROBLEM("explainProblem", ProblemOperations::explain);

	private static final Map<String, ApiOperation> BY_ID = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(ApiOperation::id, Function.identity()));

	private final String id;

	private final Consumer<OperationDescription> description;

	ApiOperation(String id, Consumer<OperationDescription> description) {
		this.id = id;
		this.description = description;
	}

	static ApiOperation of(String id) {
		return BY_ID.get(id);
	}

	String id() {
		return this.id;
	}

	/**
	 * Says what goes in and what comes out.
	 */
	void describe(OperationDescription operation) {
		this.description.accept(operation);
	}

}
