package dev.lastseat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.boot.test.system.CapturedOutput;

/**
 * Captures the output of a test, as Spring Boot's extension does, and does not show it in
 * the output of the build. There are two exceptions: the output of a failed test, and
 * errors in a test without a parameter {@code CapturedOutput}, which cannot assert them.
 */
public final class QuietOutput implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(QuietOutput.class);

	@Override
	public void beforeEach(ExtensionContext test) {
		of(test).begin();
	}

	@Override
	public void afterEach(ExtensionContext test) {
		of(test).end(test.getExecutionException().isPresent());
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
		return parameter.getParameter().getType() == CapturedOutput.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
		return of(test).requestedByTest();
	}

	private static Capture of(ExtensionContext test) {
		return test.getStore(NAMESPACE)
			.computeIfAbsent(test.getUniqueId(), (id) -> new Capture(System.out, System.err), Capture.class);
	}

	private static final class Capture implements CapturedOutput {

		private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

		private final PrintStream out;

		private final PrintStream err;

		private boolean requested;

		Capture(PrintStream out, PrintStream err) {
			this.out = out;
			this.err = err;
		}

		void begin() {
			PrintStream stream = new PrintStream(this.captured, true, StandardCharsets.UTF_8);
			System.setOut(stream);
			System.setErr(stream);
		}

		void end(boolean failed) {
			System.setOut(this.out);
			System.setErr(this.err);
			if (failed || (!this.requested && hasErrors())) {
				this.out.print(getAll());
			}
		}

		private boolean hasErrors() {
			return getAll().lines().anyMatch((line) -> line.contains(" ERROR ") || line.startsWith("\tat "));
		}

		Capture requestedByTest() {
			this.requested = true;
			return this;
		}

		@Override
		public String getAll() {
			return this.captured.toString(StandardCharsets.UTF_8);
		}

		@Override
		public String getOut() {
			return getAll();
		}

		@Override
		public String getErr() {
			return getAll();
		}

		@Override
		public int length() {
			return getAll().length();
		}

		@Override
		public char charAt(int index) {
			return getAll().charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return getAll().subSequence(start, end);
		}

		@Override
		public String toString() {
			return getAll();
		}

	}

}
