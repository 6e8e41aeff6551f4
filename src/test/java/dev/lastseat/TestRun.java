package dev.lastseat;

import java.time.Duration;

import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import reactor.test.StepVerifier;

/**
 * What holds for a whole run of tests: no {@link StepVerifier} waits forever, and what is
 * skipped says why. Found by JUnit through {@code META-INF/services}.
 */
public final class TestRun implements LauncherSessionListener, TestExecutionListener {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		StepVerifier.setDefaultTimeout(PATIENCE);
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		TestSource source = test.getSource().orElse(null);
		String name = (source instanceof ClassSource type) ? type.getClassName() : test.getDisplayName();
		System.out.println("SKIPPED " + name + ": " + reason);
	}

}
