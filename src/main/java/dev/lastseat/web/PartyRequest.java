package dev.lastseat.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.lastseat.booking.InvalidInputException;
import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body that names the users of a party, before it is validated.
 */
record PartyRequest(@Nullable List<@Nullable String> userIds) {

	private static final String USER_IDS = "userIds";

	/**
	 * @param factory validates the users as a party
	 * @throws ProblemException with all violations
	 */
	static <T extends Request.OfParty> T read(BodyFields body, Function<List<UserId>, T> factory) {
		PartyRequest request = new PartyRequest(body.texts(USER_IDS, Request.MAX_PARTY));
		return body.create(() -> factory.apply(request.toUserIds()));
	}

	/**
	 * Names each invalid id by its place. The constructor of the id rejects a missing
	 * value.
	 */
	private List<UserId> toUserIds() {
		List<@Nullable String> texts = (this.userIds != null) ? this.userIds : List.of();
		Request.requireSizeOfParty(texts.size());
		List<UserId> users = new ArrayList<>();
		List<Violation> violations = new ArrayList<>();
		for (int place = 0; place < texts.size(); place++) {
			try {
				users.add(new UserId(texts.get(place)));
			}
			catch (InvalidInputException ex) {
				violations.add(new Violation(BodyFields.element(USER_IDS, place), ex.violations().get(0).message()));
			}
		}
		if (!violations.isEmpty()) {
			throw new InvalidInputException(violations);
		}
		return users;
	}

}
