package dev.lastseat.status;

import dev.lastseat.booking.ChangeFeed;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The entry point of this package. Supplies the {@link ChangeNotifier}, on which every
 * {@link LiveStatus} is built. Needs a bean of the type {@link ChangeFeed}.
 */
@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

	@Bean
	ChangeNotifier changeNotifier(ChangeFeed feed) {
		return new ChangeNotifier(feed);
	}

}
