package dev.lastseat.web.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/**
 * Maps the errors of Spring Security to problems with a challenge for bearer tokens (RFC
 * 6750, 3).
 */
final class SecurityProblems {

	private static final String REALM = "Bearer realm=\"lastseat\"";

	private SecurityProblems() {
	}

	/**
	 * @param error an authentication or an authorization error of Spring Security
	 */
	static ProblemException of(Throwable error) {
		if (error instanceof AuthenticationServiceException) {
			return Problems.temporary(ProblemCode.OVERLOADED, "access tokens cannot be checked at the moment");
		}
		if (error instanceof OAuth2AuthenticationException) {
			return challenge(ProblemCode.UNAUTHORIZED, "the access token is not valid",
					REALM + ", error=\"invalid_token\"");
		}
		if (error instanceof AuthenticationException) {
			return challenge(ProblemCode.UNAUTHORIZED, "an access token is needed", REALM);
		}
		return challenge(ProblemCode.FORBIDDEN, "the access token does not allow this",
				REALM + ", error=\"insufficient_scope\"");
	}

	private static ProblemException challenge(ProblemCode code, String detail, String challenge) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge);
		return new ProblemException(code, detail).withHeaders(headers);
	}

}
