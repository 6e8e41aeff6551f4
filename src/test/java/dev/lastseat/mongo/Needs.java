package dev.lastseat.mongo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A contract, or one test of it, that needs a feature of the engine. It is skipped, with
 * the reason, on an engine that lacks the feature.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface Needs {

	Feature value();

}
