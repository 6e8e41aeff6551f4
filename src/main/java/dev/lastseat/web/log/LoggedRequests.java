package dev.lastseat.web.log;

/**
 * The requests that are written to the access log.
 */
public enum LoggedRequests {

	/** The requests that are answered with a problem. */
	PROBLEMS,

	/** All requests, with their durations. */
	ALL,

	/** No requests. Errors of the service and of the storage are still logged. */
	OFF

}
