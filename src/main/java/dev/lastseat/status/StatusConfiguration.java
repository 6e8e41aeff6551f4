package dev.lastseat.status;

import dev.lastseat.booking.ChangeFeed;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The entry to this package. Supplies the {@link ChangeNotifier}, on which every
 * {@link LiveStatus} is built. Needs a {@link ChangeFeed} bean.
 */
@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

	@Bean
	ChangeNotifier changeNotifier(ChangeFeed feed) {
		return new ChangeNotifier(feed);
	}

}
