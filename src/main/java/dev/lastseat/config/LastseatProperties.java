package dev.lastseat.config;

import dev.lastseat.embedded.EmbeddedSettings;
import dev.lastseat.mongo.MongoTimeouts;
import dev.lastseat.security.SecuritySettings;
import dev.lastseat.web.WebSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All that can be set under {@code lastseat}. Each part is defined, documented and
 * checked by the package that it is for, where that knows of properties.
 */
@ConfigurationProperties("lastseat")
record LastseatProperties(@NestedConfigurationProperty @DefaultValue BookingProperties booking,
		@NestedConfigurationProperty @DefaultValue EmbeddedSettings embedded,
		@NestedConfigurationProperty @DefaultValue MongoTimeouts mongodb,
		@NestedConfigurationProperty @DefaultValue SecuritySettings security,
		@NestedConfigurationProperty @DefaultValue WebSettings web) {
}
