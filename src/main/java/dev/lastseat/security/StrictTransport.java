package dev.lastseat.security;

import reactor.core.publisher.Mono;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StrictTransportSecurityServerHttpHeadersWriter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Adds {@code Strict-Transport-Security} to responses to requests by https. The scheme is
 * known after the headers of a proxy were evaluated, so this is not a handler of Netty.
 * It exists only if there can be such requests.
 */
@Order(StrictTransport.ORDER)
final class StrictTransport implements WebFilter {

	/** Before the filters of Spring Security, which may reject the request. */
	static final int ORDER = -200;

	private final ServerHttpHeadersWriter header = new StrictTransportSecurityServerHttpHeadersWriter();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return this.header.writeHttpHeaders(exchange).then(chain.filter(exchange));
	}

	/**
	 * Requests by https are possible if the server has a certificate, or if it trusts the
	 * headers of a proxy. Without a setting, Spring Boot trusts them on cloud platforms.
	 */
	static final class Possible implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Environment environment = context.getEnvironment();
			ServerProperties server = Binder.get(environment).bindOrCreate("server", ServerProperties.class);
			boolean proxied = (server.getForwardHeadersStrategy() != null)
					? server.getForwardHeadersStrategy() != ServerProperties.ForwardHeadersStrategy.NONE
					: CloudPlatform.getActive(environment) != null;
			return proxied || server.getSsl() != null
					|| Binder.get(environment).bind("management.server.ssl", Ssl.class).isBound();
		}

	}

}
