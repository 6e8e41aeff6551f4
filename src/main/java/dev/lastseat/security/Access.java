package dev.lastseat.security;

import java.util.function.Predicate;

import reactor.core.publisher.Mono;

import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/**
 * The callers that may send a request.
 */
enum Access {

	PUBLIC((caller) -> true),

	/**
	 * Any caller with a token. Whether it may act for the user of the request is checked
	 * later, by {@link Callers}.
	 */
	AUTHENTICATED(Callers::isAuthenticated),

	EVENTS_WRITE((caller) -> Callers.has(caller, Scopes.EVENTS_WRITE)),

	REGISTRATIONS_WRITE((caller) -> Callers.has(caller, Scopes.REGISTRATIONS_WRITE)),

	METRICS_READ((caller) -> Callers.has(caller, Scopes.METRICS_READ));

	private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);

	private static final AuthorizationResult DENIED = new AuthorizationDecision(false);

	private static final Mono<AuthorizationResult> GRANTED_TO_ALL = Mono.just(GRANTED);

	private final Predicate<Authentication> allows;

	Access(Predicate<Authentication> allows) {
		this.allows = allows;
	}

	/**
	 * A public request does not wait for the caller.
	 */
	Mono<AuthorizationResult> decide(Mono<Authentication> caller) {
		return (this == PUBLIC) ? GRANTED_TO_ALL
				: caller.map((found) -> this.allows.test(found) ? GRANTED : DENIED).defaultIfEmpty(DENIED);
	}

}
