package dev.lastseat.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.security.SecuritySettings.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecurityModeTest {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.security").allowing("WARN Security: open.*");

	private static Mode decide(String... properties) {
		MockEnvironment environment = new MockEnvironment();
		Stream.of(properties)
			.map((property) -> property.split("=", 2))
			.forEach((property) -> environment.setProperty(property[0], property[1]));
		return new SecurityConfiguration().securityMode(environment);
	}

	@ParameterizedTest
	@CsvSource({ ", , OPEN", ", issuer-uri=https://id.example.org, JWT",
			", jwk-set-uri=https://id.example.org/keys, JWT", ", public-key-location=file:key.pem, JWT",
			", issuer-uri= , OPEN", ", audiences=lastseat, OPEN", "open, , OPEN",
			"OPEN, issuer-uri=https://id.example.org, OPEN", "jwt, issuer-uri=https://id.example.org, JWT",
			"JWT, , JWT" })
	void isTheConfiguredModeElseJwtIfAResourceServerIsConfigured(@Nullable String set, @Nullable String keys,
			Mode mode) {
		String[] properties = Stream
			.of((set != null) ? "lastseat.security.mode=" + set : null,
					(keys != null) ? "spring.security.oauth2.resourceserver.jwt." + keys : null)
			.filter(Objects::nonNull)
			.toArray(String[]::new);

		assertThat(decide(properties)).isEqualTo(mode);
	}

	@Test
	void refusesJwtModeWithoutAnIssuer() {
		ObjectProvider<ReactiveJwtDecoder> none = new StaticListableBeanFactory()
			.getBeanProvider(ReactiveJwtDecoder.class);

		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> JwtConfiguration.configured(none))
			.satisfies((error) -> assertThat(error.getName()).isEqualTo("lastseat.security.mode"))
			.satisfies((error) -> assertThat(error.getReason()).contains("jwt.issuer-uri"));
	}

	@Test
	void warnsInOpenModeOnly() {
		decide("lastseat.security.mode=jwt");
		assertThat(this.log.lines()).isEmpty();

		decide("lastseat.security.mode=open");
		assertThat(this.log.lines()).singleElement().asString().startsWith("WARN Security: open");
	}

	@ParameterizedTest
	@CsvSource({ "OPEN, , 127.0.0.1", "OPEN, 0.0.0.0, 0.0.0.0", "JWT, , ", "JWT, 10.0.0.1, 10.0.0.1" })
	void bindsTheLoopbackAddressInOpenModeUnlessAnAddressIsConfigured(Mode mode, @Nullable String set,
			@Nullable String bound) throws UnknownHostException {
		ServerProperties server = new ServerProperties();
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory();
		if (set != null) {
			server.setAddress(InetAddress.getByName(set));
			factory.setAddress(server.getAddress());
		}

		new LoopbackWhenOpen(mode, server).customize(factory);

		assertThat(factory.getAddress()).isEqualTo((bound != null) ? InetAddress.getByName(bound) : null);
	}

}
