package dev.lastseat.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

/**
 * Issues access tokens, signed with RS256 by a key of its own.
 */
final class AccessTokens {

	/** The service under test accepts tokens for this audience only. */
	static final String AUDIENCE = "box-office";

	private final KeyPair keys;

	AccessTokens() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			this.keys = generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * @return a file with the public key
	 */
	Path publicKey() {
		try {
			String key = Base64.getMimeEncoder().encodeToString(this.keys.getPublic().getEncoded());
			Path file = Files.createTempFile("lastseat", ".pem");
			file.toFile().deleteOnExit();
			return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String of(String subject, String scope) {
		return of(subject, scope, (claims) -> {
		});
	}

	String of(String subject, String scope, Consumer<JWTClaimsSet.Builder> change) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims(subject, scope, change));
			token.sign(new RSASSASigner(this.keys.getPrivate()));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * @return a token of the algorithm "none"
	 */
	String unsigned(String subject, String scope) {
		return new PlainJWT(claims(subject, scope, (claims) -> {
		})).serialize();
	}

	private static JWTClaimsSet claims(String subject, String scope, Consumer<JWTClaimsSet.Builder> change) {
		Instant now = Instant.now();
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().subject(subject)
			.audience(AUDIENCE)
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
			.claim("scope", scope);
		change.accept(claims);
		return claims.build();
	}

}
