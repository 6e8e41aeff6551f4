package dev.lastseat.web;

import java.util.function.Supplier;

import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

/**
 * Asked before anything is done for a user.
 */
@FunctionalInterface
public interface UserGuard {

	/**
	 * @return empty when the caller may act for the user; else an
	 * {@link org.springframework.security.access.AccessDeniedException}
	 */
	Mono<Void> requireMayActFor(UserId user);

	/**
	 * @return what the action emits; nothing of it is begun when the caller may not act
	 * for the user
	 */
	default <T> Mono<T> actFor(UserId user, Supplier<Mono<T>> action) {
		return requireMayActFor(user).then(Mono.defer(action));
	}

}
