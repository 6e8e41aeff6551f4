package dev.lastseat;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints the reason of every skipped test, and at the end the number of skipped tests for
 * each reason. A build runs its tests in several JVMs. They share a file, so the last
 * table of a build is that of the whole build. JUnit finds this class through
 * {@code META-INF/services}.
 * <p>
 * A skipped class counts as its test methods. A parameterized test counts once.
 */
public final class SkippedTests implements TestExecutionListener {

	/** The start of the build. Set by Surefire and Failsafe, see {@code pom.xml}. */
	private static final String BUILD = "test.build";

	/**
	 * In a message like {@code Disabled on operating system: Mac OS X ==> needs Linux}.
	 */
	private static final String BEFORE_OWN_REASON = " ==> ";

	private final List<String> reasons = new ArrayList<>();

	private final PrintStream out;

	/** One line for each skipped test, with its reason. Null outside of a Maven build. */
	private final @Nullable Path file;

	private @Nullable TestPlan plan;

	/** For JUnit. */
	public SkippedTests() {
		this(System.out, file(System.getProperty(BUILD)));
	}

	SkippedTests(PrintStream out, @Nullable Path file) {
		this.out = out;
		this.file = file;
	}

	private static @Nullable Path file(@Nullable String build) {
		return (build != null) ? Path.of("target", "skipped-tests", build.replaceAll("\\D", "") + ".txt") : null;
	}

	@Override
	public void testPlanExecutionStarted(TestPlan testPlan) {
		this.plan = testPlan;
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		add(test, reason.substring(Math.max(0, reason.indexOf(BEFORE_OWN_REASON))).replace(BEFORE_OWN_REASON, ""));
	}

	/** A failed assumption skips a test as well. */
	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
			add(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
		}
	}

	private void add(TestIdentifier test, String reason) {
		this.out.println("SKIPPED " + name(test) + ": " + reason);
		long count = this.plan.getDescendants(test).stream().filter(SkippedTests::isTestMethod).count();
		for (long number = 0; number < Math.max(1, count); number++) {
			this.reasons.add(reason);
		}
	}

	/** The display names from the class of the file down to the test. */
	private String name(TestIdentifier test) {
		return this.plan.getParent(test)
			.filter((parent) -> parent.getSource().isPresent())
			.map((parent) -> name(parent) + "." + test.getDisplayName())
			.orElse(test.getDisplayName());
	}

	private static boolean isTestMethod(TestIdentifier test) {
		return test.getSource().orElse(null) instanceof MethodSource;
	}

	@Override
	public void testPlanExecutionFinished(TestPlan testPlan) {
		List<String> all = (this.file != null) ? shareReasons(this.file) : List.copyOf(this.reasons);
		this.reasons.clear();
		if (!all.isEmpty()) {
			this.out.print(table(all));
		}
	}

	/**
	 * Adds the reasons of this JVM to those of the JVMs before it.
	 * @return all of them
	 */
	private List<String> shareReasons(Path shared) {
		try {
			Files.createDirectories(shared.getParent());
			Files.write(shared, this.reasons, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			return Files.readAllLines(shared);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String table(List<String> reasons) {
		Map<String, Long> counts = reasons.stream()
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		return counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.map((entry) -> "%6d  %s%n".formatted(entry.getValue(), entry.getKey()))
			.collect(Collectors.joining("", "Skipped in this build: %d%n".formatted(reasons.size()), ""));
	}

}
