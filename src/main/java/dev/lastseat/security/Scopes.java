package dev.lastseat.security;

/**
 * What access tokens can allow, as Spring Security names the scopes of a token.
 */
final class Scopes {

	/** Create, change and delete events, and list who is registered. */
	static final String EVENTS_WRITE = "SCOPE_events:write";

	/** Register, look up and cancel anybody. */
	static final String REGISTRATIONS_WRITE = "SCOPE_registrations:write";

	/** Read what the service measures of itself. */
	static final String METRICS_READ = "SCOPE_metrics:read";

	private Scopes() {
	}

}
