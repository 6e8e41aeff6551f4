package dev.lastseat;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
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

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		StepVerifier.setDefaultTimeout(PATIENCE);
		Awaitility.setDefaultTimeout(PATIENCE);
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		TestSource source = test.getSource().orElse(null);
		String name = (source instanceof ClassSource type) ? type.getClassName() : test.getDisplayName();
		System.out.println("SKIPPED " + name + ": " + reason);
	}

}
