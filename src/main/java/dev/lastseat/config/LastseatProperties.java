package dev.lastseat.config;

import dev.lastseat.embedded.EmbeddedSettings;
import dev.lastseat.mongo.MongoTimeouts;
import dev.lastseat.security.SecuritySettings;
import dev.lastseat.warmup.WarmupSettings;
import dev.lastseat.web.WebSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All properties with the prefix {@code lastseat}. A package that depends on Spring Boot
 * defines, documents and validates its own part.
 */
@ConfigurationProperties("lastseat")
record LastseatProperties(@NestedConfigurationProperty @DefaultValue BookingProperties booking,
		@NestedConfigurationProperty @DefaultValue EmbeddedSettings embedded,
		@NestedConfigurationProperty @DefaultValue MongoTimeouts mongodb,
		@NestedConfigurationProperty @DefaultValue SecuritySettings security,
		@NestedConfigurationProperty @DefaultValue WarmupSettings warmup,
		@NestedConfigurationProperty @DefaultValue WebSettings web) {
}
