package dev.lastseat.web.log;

/**
 * Which requests get a line in the access log.
 */
public enum LoggedRequests {

	/** Each request that is answered with a problem. */
	PROBLEMS,

	/** Each request, with its duration. */
	ALL,

	/** None. Faults of the service and of the storage are logged all the same. */
	OFF

}
