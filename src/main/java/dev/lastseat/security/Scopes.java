package dev.lastseat.security;

/**
 * The scopes of access tokens, in the notation of Spring Security.
 */
final class Scopes {

	/**
	 * Create, change and delete events, and list their registrations, holds, waiting
	 * users and changes.
	 */
	static final String EVENTS_WRITE = "SCOPE_events:write";

	/** Book, hold, wait, look up and cancel for any user; book and hold for parties. */
	static final String REGISTRATIONS_WRITE = "SCOPE_registrations:write";

	/** Read the metrics of the service. */
	static final String METRICS_READ = "SCOPE_metrics:read";

	private Scopes() {
	}

}
