package dev.lastseat.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.common.base.Ticker;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The clock of the test is the clock of the validator and of the cache.
 */
class TokenCacheTest {

	private static final AccessTokens TOKENS = new AccessTokens();

	private static final Duration MAX_AGE = Duration.ofMinutes(1);

	/** More than any test uses. */
	private static final int MAX_TOKENS = 100;

	/** The clock skew that the validator allows by default. */
	private static final Duration SKEW = Duration.ofSeconds(60);

	private final Instant start = Instant.now();

	private Instant now = this.start;

	private final JwtTimestampValidator times = new JwtTimestampValidator();

	private final AtomicInteger decoded = new AtomicInteger();

	private AccessTokens trusted = TOKENS;

	TokenCacheTest() {
		this.times.setClock(new Clock() {

			@Override
			public Instant instant() {
				return TokenCacheTest.this.now;
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

		});
	}

	private Mono<Jwt> decode(String token) {
		return Mono.defer(() -> {
			this.decoded.incrementAndGet();
			NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withPublicKey(this.trusted.key()).build();
			decoder.setJwtValidator(this.times);
			return decoder.decode(token);
		});
	}

	private ReactiveJwtDecoder cache(Duration maxAge, int maxTokens) {
		return new TokenCache(this::decode, this.times, maxAge, maxTokens, new Ticker() {

			@Override
			public long read() {
				return Duration.between(TokenCacheTest.this.start, TokenCacheTest.this.now).toNanos();
			}

		});
	}

	private static String token(String subject, Instant expiry) {
		return TOKENS.of(subject, "events:write", (claims) -> claims.expirationTime(Date.from(expiry)));
	}

	private static void expectRefused(ReactiveJwtDecoder cache, String token) {
		assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> cache.decode(token).block());
	}

	@Test
	void decodesATokenOnce() {
		ReactiveJwtDecoder cache = cache(MAX_AGE, MAX_TOKENS);
		String token = token("ada", this.now.plusSeconds(600));

		List<Jwt> answers = List.of(cache.decode(token).block(), cache.decode(token).block());

		assertThat(this.decoded).hasValue(1);
		assertThat(answers).allSatisfy((jwt) -> {
			assertThat(jwt.getSubject()).isEqualTo("ada");
			assertThat(jwt.getClaimAsString("scope")).isEqualTo("events:write");
			assertThat(jwt.getExpiresAt()).isEqualTo(Instant.ofEpochSecond(this.start.getEpochSecond() + 600));
		});
	}

	@Test
	void keepsTheHashInsteadOfTheToken() {
		ReactiveJwtDecoder cache = cache(MAX_AGE, MAX_TOKENS);
		String token = token("ada", this.now.plusSeconds(600));

		assertThat(cache.decode(token).block().getTokenValue()).matches("[0-9a-f]{64}");
		assertThat(cache.decode(token).block().getTokenValue()).matches("[0-9a-f]{64}");
	}

	@Test
	void refusesATokenThatExpiresWhileItIsCached() {
		ReactiveJwtDecoder cache = cache(Duration.ofHours(1), MAX_TOKENS);
		String token = token("ada", this.now.plusSeconds(30));
		cache.decode(token).block();

		this.now = this.start.plusSeconds(29).plus(SKEW);
		assertThat(cache.decode(token).block().getSubject()).isEqualTo("ada");
		assertThat(this.decoded).hasValue(1);

		this.now = this.start.plusSeconds(31).plus(SKEW);
		expectRefused(cache, token);
	}

	@Test
	void refusesATokenThatIsNotValidYetByAClockThatWasSetBack() {
		ReactiveJwtDecoder cache = cache(Duration.ofHours(1), MAX_TOKENS);
		String token = TOKENS.of("ada", "", (claims) -> claims.notBeforeTime(Date.from(this.start)));
		cache.decode(token).block();

		this.now = this.start.minus(SKEW).minusSeconds(2);
		expectRefused(cache, token);
	}

	@Test
	void refusesATokenOfARotatedKeyAfterTheMaximumAge() {
		ReactiveJwtDecoder cache = cache(MAX_AGE, MAX_TOKENS);
		String token = token("ada", this.now.plusSeconds(600));
		cache.decode(token).block();
		this.trusted = new AccessTokens();

		this.now = this.start.plus(MAX_AGE).minusSeconds(1);
		assertThat(cache.decode(token).block().getSubject()).isEqualTo("ada");

		this.now = this.start.plus(MAX_AGE);
		expectRefused(cache, token);
	}

	@Test
	void doesNotCacheAnInvalidToken() {
		ReactiveJwtDecoder cache = cache(MAX_AGE, MAX_TOKENS);
		String token = new AccessTokens().of("ada", "");

		expectRefused(cache, token);
		expectRefused(cache, token);

		assertThat(this.decoded).hasValue(2);
	}

	@Test
	void decodesEachTimeWithoutAMaximumAge() {
		ReactiveJwtDecoder cache = cache(Duration.ZERO, MAX_TOKENS);
		String token = token("ada", this.now.plusSeconds(600));

		cache.decode(token).block();
		cache.decode(token).block();

		assertThat(this.decoded).hasValue(2);
	}

	@Test
	void forgetsTheOldestTokenBeyondTheMaximumNumber() {
		ReactiveJwtDecoder cache = cache(MAX_AGE, 1);
		String first = token("ada", this.now.plusSeconds(600));
		String second = token("bob", this.now.plusSeconds(600));

		cache.decode(first).block();
		cache.decode(second).block();
		cache.decode(first).block();

		assertThat(this.decoded).hasValue(3);
	}

	@Test
	void keepsTokensApart() {
		ReactiveJwtDecoder cache = cache(MAX_AGE, MAX_TOKENS);
		List<String> users = List.of("ada", "bob", "eve");
		List<String> tokens = users.stream().map((user) -> token(user, this.now.plusSeconds(600))).toList();
		tokens.forEach((token) -> cache.decode(token).block());

		assertThat(tokens).map((token) -> cache.decode(token).block().getSubject()).isEqualTo(users);
		assertThat(this.decoded).hasValue(3);
		String forged = tokens.get(0).substring(0, tokens.get(0).lastIndexOf('.'))
				+ tokens.get(1).substring(tokens.get(1).lastIndexOf('.'));
		expectRefused(cache, forged);
	}

}
