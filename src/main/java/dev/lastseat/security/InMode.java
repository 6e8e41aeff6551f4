package dev.lastseat.security;

import dev.lastseat.security.SecuritySettings.Mode;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Creates a bean in one mode only.
 */
abstract class InMode implements Condition {

	private final Mode mode;

	private InMode(Mode mode) {
		this.mode = mode;
	}

	@Override
	public final boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return Mode.of(context.getEnvironment()) == this.mode;
	}

	static final class Open extends InMode {

		Open() {
			super(Mode.OPEN);
		}

	}

	static final class Jwt extends InMode {

		Jwt() {
			super(Mode.JWT);
		}

	}

}
