package dev.lastseat.web;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body that registers a user, before it is validated.
 */
record RegistrationRequest(@Nullable String userId) {

	/**
	 * @throws ProblemException with all violations
	 */
	static UserId toUserId(BodyFields body) {
		return body.create(new RegistrationRequest(body.text("userId"))::toUserId);
	}

	/**
	 * The constructor of the id rejects a missing value.
	 */
	UserId toUserId() {
		return new UserId(this.userId);
	}

}
