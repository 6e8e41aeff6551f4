package dev.lastseat.security;

import java.text.ParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.nimbusds.jose.JWSObject;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtClaimNames;

/**
 * Checks the types of the claims of a token (RFC 7519, 4.1; RFC 8693, 4.2; RFC 7800, 3.1)
 * before the token is decoded. The decoder converts some wrong types. For others it
 * throws a {@link ClassCastException}, which would be reported as an issuer whose keys
 * cannot be read. Scopes that are not text would fail only after decoding.
 */
final class ClaimTypes {

	/** The maximum length of a subject (OpenID Connect Core, 2). */
	private static final int MAX_SUBJECT = 255;

	/** The end of the year 9999, in seconds since 1970. */
	private static final double MAX_TIME = 253_402_300_799.0;

	private static final List<String> TIMES = List.of(JwtClaimNames.EXP, JwtClaimNames.NBF, JwtClaimNames.IAT);

	private static final String CONFIRMATION = "cnf";

	private static final String CERTIFICATE = "x5t#S256";

	private final String subject;

	private final List<String> scopes;

	/**
	 * @param subject the claim that names the caller
	 * @param scopes the claims that can hold scopes
	 */
	ClaimTypes(String subject, List<String> scopes) {
		this.subject = subject;
		this.scopes = scopes;
	}

	/**
	 * @throws BadJwtException if the token is not a signed JWT, has no subject, or has a
	 * claim of a wrong type
	 */
	void check(String token) {
		Map<String, Object> claims = claims(token);
		require(isSubject(claims.get(this.subject)), this.subject);
		this.scopes.forEach((scope) -> requireIfPresent(claims, scope, ClaimTypes::isTextOrTexts));
		TIMES.forEach((time) -> requireIfPresent(claims, time, ClaimTypes::isTime));
		requireIfPresent(claims, JwtClaimNames.AUD, ClaimTypes::isTextOrTexts);
		requireIfPresent(claims, CONFIRMATION, ClaimTypes::isConfirmation);
	}

	private static Map<String, Object> claims(String token) {
		try {
			Map<String, Object> claims = JWSObject.parse(token).getPayload().toJSONObject();
			if (claims == null) {
				throw new BadJwtException("the claims are not a JSON object");
			}
			return claims;
		}
		catch (ParseException | IllegalArgumentException ex) {
			throw new BadJwtException("the token is not a signed JWT", ex);
		}
	}

	private static boolean isSubject(@Nullable Object value) {
		return value instanceof String text && !text.isBlank() && text.length() <= MAX_SUBJECT;
	}

	private static boolean isTextOrTexts(Object value) {
		return value instanceof String
				|| (value instanceof Collection<?> values && values.stream().allMatch(String.class::isInstance));
	}

	/**
	 * The decoder converts seconds to milliseconds. A larger number would overflow.
	 */
	private static boolean isTime(Object value) {
		return value instanceof Number seconds && seconds.doubleValue() >= 0 && seconds.doubleValue() <= MAX_TIME;
	}

	private static boolean isConfirmation(Object value) {
		return value instanceof Map<?, ?> confirmation
				&& (!confirmation.containsKey(CERTIFICATE) || confirmation.get(CERTIFICATE) instanceof String);
	}

	private static void requireIfPresent(Map<String, Object> claims, String name, Predicate<Object> type) {
		Object value = claims.get(name);
		require(value == null || type.test(value), name);
	}

	private static void require(boolean valid, String claim) {
		if (!valid) {
			throw new BadJwtException("the claim " + claim + " is missing or has a wrong type");
		}
	}

}
