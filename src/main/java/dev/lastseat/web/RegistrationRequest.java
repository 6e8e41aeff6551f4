package dev.lastseat.web;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The body that registers a user, as it came.
 */
record RegistrationRequest(@Nullable String userId) {

	/**
	 * A missing id is refused by the type's own rule.
	 */
	UserId toUserId() {
		return new UserId(this.userId);
	}

}
