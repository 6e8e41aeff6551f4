package dev.lastseat.embedded;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether nobody has named a MongoDB to use: neither its URI nor its host.
 */
class NoServerConfigured implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		return !StringUtils.hasText(environment.getProperty("spring.mongodb.uri"))
				&& !StringUtils.hasText(environment.getProperty("spring.mongodb.host"));
	}

}
