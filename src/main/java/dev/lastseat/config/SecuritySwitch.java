package dev.lastseat.config;

import dev.lastseat.security.SecuritySettings.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Excludes the auto-configuration of Spring Security in open mode. Otherwise its filters
 * would process every request, although they have nothing to check.
 */
final class SecuritySwitch extends AutoConfigurationSwitch {

	private static final String PACKAGE = "org.springframework.boot.security.";

	private boolean open;

	@Override
	public void setEnvironment(Environment environment) {
		this.open = Mode.of(environment) == Mode.OPEN;
	}

	@Override
	boolean includes(@Nullable String candidate) {
		return !this.open || candidate == null || !candidate.startsWith(PACKAGE);
	}

}
