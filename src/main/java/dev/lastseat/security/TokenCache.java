package dev.lastseat.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Caches decoded tokens. Verifying a signature takes longer than the rest of most
 * requests. Only valid tokens are cached. Their times are validated at each use, so no
 * token is accepted longer than without the cache.
 * <p>
 * The entry of a token has a maximum age. After it the token is decoded again. So a token
 * is rejected within this time after the decoder has stopped trusting its key.
 * <p>
 * The key of an entry is the SHA-256 hash of the token. The cached token has this hash as
 * its value, so a dump of the heap contains no token that was cached.
 */
final class TokenCache implements ReactiveJwtDecoder {

	private final ReactiveJwtDecoder decoder;

	private final OAuth2TokenValidator<Jwt> times;

	private final Cache<HashCode, Jwt> tokens;

	/**
	 * @param decoder decodes and validates a token
	 * @param times validates the times of a decoded token, like the decoder
	 * @param maxAge the maximum time between two verifications of a token; 0 for no cache
	 * @param maxTokens the maximum number of cached tokens
	 * @param ticker measures the age of entries
	 */
	TokenCache(ReactiveJwtDecoder decoder, OAuth2TokenValidator<Jwt> times, Duration maxAge, int maxTokens,
			Ticker ticker) {
		this.decoder = decoder;
		this.times = times;
		this.tokens = CacheBuilder.newBuilder().maximumSize(maxTokens).expireAfterWrite(maxAge).ticker(ticker).build();
	}

	@Override
	public Mono<Jwt> decode(String token) {
		HashCode hash = Hashing.sha256().hashString(token, StandardCharsets.UTF_8);
		Jwt known = this.tokens.getIfPresent(hash);
		return (known != null && !this.times.validate(known).hasErrors()) ? Mono.just(known)
				: this.decoder.decode(token).map((decoded) -> add(hash, decoded));
	}

	private Jwt add(HashCode hash, Jwt decoded) {
		Jwt cached = Jwt.withTokenValue(hash.toString())
			.headers((headers) -> headers.putAll(decoded.getHeaders()))
			.claims((claims) -> claims.putAll(decoded.getClaims()))
			.build();
		this.tokens.put(hash, cached);
		return cached;
	}

}
