package dev.lastseat.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

import dev.lastseat.CapturedLog;
import dev.lastseat.security.SecuritySettings.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecurityModeTest {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.security").allowing("WARN Security: open.*");

	private static Mode decide(@Nullable Mode set, boolean resourceServer) {
		ReactiveJwtDecoder decoder = (token) -> Mono.never();
		StaticListableBeanFactory beans = new StaticListableBeanFactory(
				resourceServer ? Map.of("decoder", decoder) : Map.of());
		ObjectProvider<ReactiveJwtDecoder> decoders = beans.getBeanProvider(ReactiveJwtDecoder.class);
		return new SecurityConfiguration().securityMode(new SecuritySettings(set, false), decoders);
	}

	@ParameterizedTest
	@CsvSource({ ", false, OPEN", ", true, JWT", "OPEN, false, OPEN", "OPEN, true, OPEN", "JWT, true, JWT" })
	void isTheConfiguredModeElseJwtIfTokensCanBeDecoded(@Nullable Mode set, boolean resourceServer, Mode mode) {
		assertThat(decide(set, resourceServer)).isEqualTo(mode);
	}

	@Test
	void refusesJwtModeWithoutAnIssuer() {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> decide(Mode.JWT, false))
			.satisfies((error) -> assertThat(error.getName()).isEqualTo("lastseat.security.mode"))
			.satisfies((error) -> assertThat(error.getReason()).contains("jwt.issuer-uri"));
	}

	@Test
	void warnsInOpenModeOnly() {
		decide(Mode.JWT, true);
		assertThat(this.log.lines()).isEmpty();

		decide(Mode.OPEN, true);
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
