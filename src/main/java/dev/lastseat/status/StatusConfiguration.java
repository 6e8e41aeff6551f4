package dev.lastseat.status;

import dev.lastseat.booking.ChangeFeed;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The way into this package: the signals, which listen to the core and feed every
 * {@link LiveStatus}. Needs the {@link ChangeFeed} as a bean.
 */
@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

	@Bean
	ChangeNotifier changeNotifier(ChangeFeed feed) {
		return new ChangeNotifier(feed);
	}

}
