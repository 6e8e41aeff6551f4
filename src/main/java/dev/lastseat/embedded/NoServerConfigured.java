package dev.lastseat.embedded;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if no MongoDB server is configured, neither by its URI nor by its host.
 */
class NoServerConfigured implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		return !StringUtils.hasText(environment.getProperty("spring.mongodb.uri"))
				&& !StringUtils.hasText(environment.getProperty("spring.mongodb.host"));
	}

}
