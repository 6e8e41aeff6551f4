package dev.lastseat.security;

import java.net.InetAddress;

import dev.lastseat.security.SecuritySettings.Mode;

import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;

/**
 * Binds the server to the loopback address in open mode, since requests are not
 * authenticated. The operator can set {@code server.address} to bind another address.
 */
final class LoopbackWhenOpen implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> {

	private final Mode mode;

	private final ServerProperties server;

	LoopbackWhenOpen(Mode mode, ServerProperties server) {
		this.mode = mode;
		this.server = server;
	}

	@Override
	public void customize(ConfigurableReactiveWebServerFactory factory) {
		if (this.mode == Mode.OPEN && this.server.getAddress() == null) {
			factory.setAddress(InetAddress.getLoopbackAddress());
		}
	}

}
