package dev.lastseat.warmup;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/**
 * The entry point of this package. Warms the process up if there is a web server. Needs a
 * bean of the type {@link WarmupSettings}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class WarmupConfiguration {

	@Bean
	Warmup warmup(WarmupSettings settings, ConfigurableApplicationContext context) {
		return new Warmup(settings.time(), () -> ScratchService.start(application(context), context.getEnvironment()));
	}

	private static Class<?> application(ConfigurableApplicationContext context) {
		Object application = context.getBeansWithAnnotation(SpringBootApplication.class).values().iterator().next();
		return ClassUtils.getUserClass(application);
	}

}
