package dev.lastseat.web;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The body that registers a user, as it came.
 */
record RegistrationRequest(@Nullable String userId) {

	/**
	 * @throws ProblemException with all that is wrong
	 */
	static UserId toUserId(BodyFields body) {
		return body.make(new RegistrationRequest(body.text("userId"))::toUserId);
	}

	/**
	 * A missing id is refused by the type's own rule.
	 */
	UserId toUserId() {
		return new UserId(this.userId);
	}

}
