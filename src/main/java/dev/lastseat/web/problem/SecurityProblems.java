package dev.lastseat.web.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/**
 * What a request without the right access token is answered, in the terms of bearer
 * tokens (RFC 6750, 3).
 */
final class SecurityProblems {

	private static final String REALM = "Bearer realm=\"lastseat\"";

	private SecurityProblems() {
	}

	/**
	 * @param refusal of Spring Security's: who it is, or what they may do, was not to be
	 * shown
	 */
	static ProblemException of(Throwable refusal) {
		if (refusal instanceof AuthenticationServiceException) {
			return Problems.temporary(ProblemCode.OVERLOADED, "access tokens cannot be checked at the moment");
		}
		if (refusal instanceof OAuth2AuthenticationException) {
			return challenge(ProblemCode.UNAUTHORIZED, "the access token is not valid",
					REALM + ", error=\"invalid_token\"");
		}
		if (refusal instanceof AuthenticationException) {
			return challenge(ProblemCode.UNAUTHORIZED, "an access token is needed", REALM);
		}
		return challenge(ProblemCode.FORBIDDEN, "the access token does not allow this",
				REALM + ", error=\"insufficient_scope\"");
	}

	private static ProblemException challenge(ProblemCode code, String detail, String challenge) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge);
		return new ProblemException(code, detail).with(headers);
	}

}
