package dev.lastseat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.awaitility.Awaitility;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.LoggerFactory;
import reactor.test.StepVerifier;

/**
 * Rules for the whole test run: every wait has a time limit, and log levels do not leak
 * from one test class to the next. JUnit finds this class through
 * {@code META-INF/services}.
 */
public final class TestRun implements LauncherSessionListener, TestExecutionListener {

	/**
	 * Ends a test that hangs. Long enough for a busy machine: no test may fail because
	 * the machine is slow.
	 */
	public static final Duration TIMEOUT = Duration.ofMinutes(3);

	/** The levels that logback-test.xml sets, by the name of the logger. */
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
		StepVerifier.setDefaultTimeout(TIMEOUT);
		Awaitility.setDefaultTimeout(TIMEOUT);
	}

	/**
	 * An application that a test starts sets log levels for the whole process. Resets
	 * them, so that no test depends on the tests before it.
	 */
	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (test.getSource().orElse(null) instanceof ClassSource) {
			((LoggerContext) LoggerFactory.getILoggerFactory()).getLoggerList()
				.forEach((logger) -> logger.setLevel(this.levels.get(logger.getName())));
		}
	}

}
