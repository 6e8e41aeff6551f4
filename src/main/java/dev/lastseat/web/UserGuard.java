package dev.lastseat.web;

import java.util.function.Supplier;

import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

/**
 * Checks whether the caller may act for a user.
 */
@FunctionalInterface
public interface UserGuard {

	/** Allows every caller to act for every user. */
	UserGuard NONE = new UserGuard() {

		@Override
		public Mono<Void> requireMayActFor(UserId user) {
			return Mono.empty();
		}

		@Override
		public <T> Mono<T> actFor(UserId user, Supplier<Mono<T>> action) {
			return action.get();
		}

	};

	/**
	 * @return empty when the caller may act for the user; otherwise an
	 * {@link org.springframework.security.access.AccessDeniedException}
	 */
	Mono<Void> requireMayActFor(UserId user);

	/**
	 * @return the result of the action; the action is not started when the caller may not
	 * act for the user
	 */
	default <T> Mono<T> actFor(UserId user, Supplier<Mono<T>> action) {
		return requireMayActFor(user).then(Mono.defer(action));
	}

}
