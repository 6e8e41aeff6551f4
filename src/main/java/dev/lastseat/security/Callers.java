package dev.lastseat.security;

import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;

/**
 * Checks whether the caller of a request may act for a user. The caller is read from the
 * Reactor context.
 */
public final class Callers {

	private Callers() {
	}

	/**
	 * @return empty if the caller is this user or may act for any user. An
	 * {@link AccessDeniedException} otherwise, also if the request has no caller
	 */
	public static Mono<Void> requireMayActFor(UserId user) {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.filter((caller) -> has(caller, Scopes.REGISTRATIONS_WRITE) || is(caller, user))
			.switchIfEmpty(Mono.error(() -> new AccessDeniedException("the caller may not act for this user")))
			.then();
	}

	static boolean has(Authentication caller, String scope) {
		return caller.getAuthorities().stream().anyMatch((authority) -> scope.equals(authority.getAuthority()));
	}

	static boolean isAuthenticated(Authentication caller) {
		return caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken);
	}

	private static boolean is(Authentication caller, UserId user) {
		return isAuthenticated(caller) && caller.getName().equals(user.value());
	}

}
