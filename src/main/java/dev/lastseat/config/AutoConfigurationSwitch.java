package dev.lastseat.config;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;

/**
 * Decides by the environment which auto-configurations of Spring Boot are used. Runs
 * before their classes are loaded.
 */
abstract class AutoConfigurationSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

	@Override
	public final boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
		boolean[] included = new boolean[candidates.length];
		for (int i = 0; i < candidates.length; i++) {
			included[i] = includes(candidates[i]);
		}
		return included;
	}

	/**
	 * @param candidate an auto-configuration class; null if another filter excluded it
	 */
	abstract boolean includes(@Nullable String candidate);

}
