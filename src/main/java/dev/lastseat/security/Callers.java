package dev.lastseat.security;

import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;

/**
 * Who asks, and for whom: the caller of a request is known from its Reactor context.
 */
public final class Callers {

	private Callers() {
	}

	/**
	 * @return empty when the caller is that user, or may act for anybody; else an
	 * {@link AccessDeniedException}, also when nobody is known to call
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

	static boolean isKnown(Authentication caller) {
		return caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken);
	}

	private static boolean is(Authentication caller, UserId user) {
		return isKnown(caller) && caller.getName().equals(user.value());
	}

}
