package dev.lastseat.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

/**
 * Issues access tokens that are signed with a new RS256 key.
 */
final class AccessTokens {

	/** The service under test accepts tokens for this audience only. */
	static final String AUDIENCE = "box-office";

	/** The encoding of the parts of a token (RFC 7515). */
	private static final Base64.Encoder PARTS = Base64.getUrlEncoder().withoutPadding();

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
	 * @return a file with the public key in PEM format
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

	RSAPublicKey key() {
		return (RSAPublicKey) this.keys.getPublic();
	}

	/**
	 * @return the public key as a JSON Web Key Set
	 */
	String keySet() {
		return new JWKSet(new RSAKey.Builder(key()).build()).toString();
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
	 * @param header the header in JSON
	 * @param claims the claims in JSON
	 * @return a token with exactly these parts and a valid signature
	 */
	String signed(String header, String claims) {
		String signed = PARTS.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
				+ PARTS.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
		try {
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(this.keys.getPrivate());
			signature.update(signed.getBytes(StandardCharsets.US_ASCII));
			return signed + "." + PARTS.encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
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
