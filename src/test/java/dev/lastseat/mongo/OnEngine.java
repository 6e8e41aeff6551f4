package dev.lastseat.mongo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class on an engine. Its tests, and those of its nested classes, can have a
 * parameter of type {@link TestStorage}. Each class has a database of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EngineExtension.class)
@interface OnEngine {

	Engine value();

	/**
	 * The segment size of the repository, in registrations. 0 is the default of the
	 * service.
	 */
	int segmentSize() default 0;

}
