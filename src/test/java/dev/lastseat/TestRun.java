package dev.lastseat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.awaitility.Awaitility;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.LoggerFactory;
import reactor.test.StepVerifier;

/**
 * What holds for a whole run of tests: no wait lasts forever, and a skipped test says
 * why. Found by JUnit through {@code META-INF/services}.
 */
public final class TestRun implements LauncherSessionListener, TestExecutionListener {

	/**
	 * Ends a test that hangs. Long enough for a machine that is busy with other work: no
	 * test may fail because it is slow.
	 */
	public static final Duration PATIENCE = Duration.ofMinutes(3);

	/** The levels of logback-test.xml, by the names of the loggers that have one. */
	private final Map<String, Level> levels = new HashMap<>();

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		((LoggerContext) LoggerFactory.getILoggerFactory()).getLoggerList()
			.stream()
			.filter((logger) -> logger.getLevel() != null)
			.forEach((logger) -> this.levels.put(logger.getName(), logger.getLevel()));
	}

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		StepVerifier.setDefaultTimeout(PATIENCE);
		Awaitility.setDefaultTimeout(PATIENCE);
	}

	/**
	 * An application that a test starts sets the levels of loggers for the whole process.
	 * Other tests must not depend on which ran before them.
	 */
	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (test.getSource().orElse(null) instanceof ClassSource) {
			((LoggerContext) LoggerFactory.getILoggerFactory()).getLoggerList()
				.forEach((logger) -> logger.setLevel(this.levels.get(logger.getName())));
		}
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		TestSource source = test.getSource().orElse(null);
		String name = (source instanceof ClassSource type) ? type.getClassName() : test.getDisplayName();
		System.out.println("SKIPPED " + name + ": " + reason);
	}

}
