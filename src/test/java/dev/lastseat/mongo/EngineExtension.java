package dev.lastseat.mongo;

import java.util.List;
import java.util.Optional;

import dev.lastseat.mongo.segments.SegmentSize;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts the engine that {@link OnEngine} names, and gives each test class a database on
 * it. Skips the tests of an engine that is not available, and the tests that need a
 * feature that the engine lacks.
 */
final class EngineExtension implements ExecutionCondition, BeforeAllCallback, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(EngineExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		RunningEngine running = running(context);
		Optional<String> reason = (running != null) ? lack(context, running) : named(context).value().unavailable();
		return reason.map(ConditionEvaluationResult::disabled)
			.orElseGet(() -> ConditionEvaluationResult.enabled("the engine has what the test needs"));
	}

	private static Optional<String> lack(ExtensionContext context, RunningEngine running) {
		return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
			.map(Needs::value)
			.filter((feature) -> !running.has(feature))
			.map((feature) -> "needs " + feature + ", which " + running.engine() + " does not have");
	}

	/**
	 * The engine of a nested class is running already. JUnit closes the engine after the
	 * outer class.
	 */
	@Override
	public void beforeAll(ExtensionContext context) {
		if (running(context) == null) {
			context.getStore(NAMESPACE).put(RunningEngine.class, named(context).value().start());
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == TestStorage.class;
	}

	/** JUnit closes the storage after the test class. */
	@Override
	public TestStorage resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return ofClass(context).getStore(NAMESPACE)
			.computeIfAbsent(TestStorage.class, (key) -> new TestStorage(running(context), size(context)),
					TestStorage.class);
	}

	private static SegmentSize size(ExtensionContext context) {
		int size = named(context).segmentSize();
		return (size == 0) ? SegmentSize.DEFAULT : new SegmentSize(size);
	}

	private static RunningEngine running(ExtensionContext context) {
		return context.getStore(NAMESPACE).get(RunningEngine.class, RunningEngine.class);
	}

	private static ExtensionContext ofClass(ExtensionContext context) {
		return (context.getElement().orElse(null) instanceof Class) ? context
				: ofClass(context.getParent().orElseThrow());
	}

	private static OnEngine named(ExtensionContext context) {
		List<Class<?>> outer = context.getEnclosingTestClasses();
		Class<?> type = outer.isEmpty() ? context.getRequiredTestClass() : outer.get(0);
		return AnnotationSupport.findAnnotation(type, OnEngine.class).orElseThrow();
	}

}
