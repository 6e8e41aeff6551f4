package dev.lastseat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

class SkippedTestsTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@TempDir
	private Path directory;

	/** Runs classes in one JVM, as far as the listener can tell. */
	private String run(@Nullable Path file, Class<?>... classes) {
		this.out.reset();
		SkippedTests listener = new SkippedTests(new PrintStream(this.out, true, StandardCharsets.UTF_8), file);
		LauncherConfig config = LauncherConfig.builder()
			.enableTestExecutionListenerAutoRegistration(false)
			.enableLauncherSessionListenerAutoRegistration(false)
			.build();
		LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
		for (Class<?> type : classes) {
			request.selectors(DiscoverySelectors.selectClass(type));
		}
		LauncherFactory.create(config).execute(request.build(), listener);
		return this.out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
	}

	@Test
	void countsTheTestsOfASkippedClassByReason() {
		assertThat(run(null, SkippedClass.class, SkippedMethods.class)).endsWith("""
				Skipped in this build: 5
				     3  needs Docker
				     1  needs Linux
				     1  needs change streams
				""");
	}

	@Test
	void printsTheReasonOfEachSkip() {
		assertThat(run(null, SkippedClass.class, SkippedMethods.class)).contains(
				"SKIPPED SkippedTestsTest$SkippedClass: needs Docker\n",
				"SKIPPED SkippedTestsTest$SkippedMethods.needsLinux(): needs Linux\n",
				"SKIPPED SkippedTestsTest$SkippedMethods.needsChangeStreams(): needs change streams\n");
	}

	@Test
	void addsTheSkipsOfSeveralJvms() {
		Path file = this.directory.resolve("build").resolve("1.txt");
		run(file, SkippedClass.class);

		assertThat(run(file, SkippedMethods.class)).endsWith("""
				Skipped in this build: 5
				     3  needs Docker
				     1  needs Linux
				     1  needs change streams
				""");
	}

	@Test
	void printsNothingWhenNothingWasSkipped() {
		assertThat(run(null, NothingSkipped.class)).isEmpty();
	}

	@Disabled("needs Docker")
	static class SkippedClass {

		@Test
		void first() {
		}

		@Test
		void second() {
		}

		@ParameterizedTest
		@ValueSource(ints = { 1, 2 })
		void parameterized(int number) {
		}

	}

	static class SkippedMethods {

		@Test
		@EnabledIfSystemProperty(named = "lastseat.none", matches = ".+", disabledReason = "needs Linux")
		void needsLinux() {
		}

		@Test
		void needsChangeStreams() {
			Assumptions.abort("needs change streams");
		}

		@Test
		void runs() {
		}

	}

	static class NothingSkipped {

		@Test
		void runs() {
		}

	}

}
