package dev.lastseat.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A process that is measured: the load generator has no part of its heap, its collector
 * and its compilers. It runs on the Java and the class path of this process.
 */
final class MeasuredProcess implements AutoCloseable {

	/**
	 * The time to end on its own: the service stops its server and drops its database.
	 */
	private static final long SECONDS_TO_END = 20;

	/** Follows the last answer. */
	private static final String ENDED = "";

	private final Process process;

	private final PrintWriter in;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final RemoteControl.Address address;

	private MeasuredProcess(Process process) {
		this.process = process;
		this.in = new PrintWriter(process.outputWriter(), true);
		Thread reader = new Thread(this::readAnswers, "bench-answers");
		reader.setDaemon(true);
		reader.start();
		this.address = RemoteControl.Address.of(answer());
	}

	/**
	 * Starts a process and waits until it is ready.
	 * @param settings what the process runs on
	 * @param main its main class
	 * @param args the arguments of the main class
	 */
	static MeasuredProcess start(Settings settings, Class<?> main, List<String> args) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("--enable-native-access=ALL-UNNAMED");
		command.addAll(Arrays.stream(settings.jvmOptions().split(" ")).filter((option) -> !option.isBlank()).toList());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(args);
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		if (settings.uri() != null) {
			builder.environment().put("SPRING_MONGODB_URI", settings.uri());
		}
		try {
			return new MeasuredProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	RemoteControl.Address address() {
		return this.address;
	}

	/** Reads the cost since the start of the process. Lazy. */
	Mono<Cost> cost() {
		return ask(RemoteControl.COST).map((answer) -> {
			long[] parts = Arrays.stream(answer.split(" ")).mapToLong(Long::parseLong).toArray();
			return new Cost(parts[0], parts[1], parts[2]);
		});
	}

	/** Reads the used bytes of the heap after full collections. Lazy. */
	Mono<Long> heap() {
		return ask(RemoteControl.HEAP).map(Long::valueOf);
	}

	private Mono<String> ask(String question) {
		return Mono.fromCallable(() -> {
			this.in.println(question);
			return answer();
		}).subscribeOn(Schedulers.boundedElastic());
	}

	/** Passes log lines on. They must be read all the time, or the process would wait. */
	private void readAnswers() {
		try (BufferedReader out = this.process.inputReader()) {
			for (String line = out.readLine(); line != null; line = out.readLine()) {
				if (line.startsWith(RemoteControl.ANSWER)) {
					this.answers.add(line.substring(RemoteControl.ANSWER.length()));
				}
				else {
					System.err.println(line);
				}
			}
		}
		catch (IOException ex) {
			System.err.println(ex.getMessage());
		}
		this.answers.add(ENDED);
	}

	private String answer() {
		try {
			String answer = this.answers.take();
			if (answer.equals(ENDED)) {
				throw new IllegalStateException("a measured process has ended");
			}
			return answer;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.in.close();
		try {
			if (!this.process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What measured processes run on.
	 *
	 * @param jvmOptions options of the JVM, separated by spaces
	 * @param uri the MongoDB to use; null for the one that the environment names, or else
	 * the embedded engine
	 */
	record Settings(String jvmOptions, @Nullable String uri) {
	}

}
