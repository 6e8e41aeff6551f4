package dev.lastseat.booking.queue;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.AnswerPacers;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * No answer is lost, and one slice is scheduled at a time. Lincheck searches for an
 * interleaving of additions and slices that breaks this.
 */
@Tag("lincheck")
public class AnswerSlicesTest {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AnswerSlices slices = new AnswerSlices(AnswerPacers.of(new Tasks(this.tasks)).ofCurrentThread(), 2);

	private final AtomicInteger added = new AtomicInteger();

	private final AtomicInteger sent = new AtomicInteger();

	@Operation
	public void add(@Param(gen = IntGen.class, conf = "1:4") int count) {
		this.added.addAndGet(count);
		for (int i = 0; i < count; i++) {
			this.slices.add(this.sent::incrementAndGet);
		}
	}

	@Operation
	public void runTask() {
		Runnable task = this.tasks.poll();
		if (task != null) {
			task.run();
		}
	}

	@Validate
	public void allAnswersAreSent() {
		if (this.tasks.size() > 1) {
			throw new IllegalStateException("two slices at once");
		}
		while (!this.tasks.isEmpty()) {
			this.tasks.remove().run();
		}
		if (this.sent.get() != this.added.get()) {
			throw new IllegalStateException(this.sent + " sent of " + this.added);
		}
	}

	@Test
	void modelCheckingFindsNoLostAnswer() {
		new ModelCheckingOptions().iterations(10)
			.invocationsPerIteration(200)
			.threads(2)
			.actorsPerThread(3)
			.sequentialSpecification(Nothing.class)
			.check(getClass());
	}

	/** The operations have no result. */
	public static class Nothing {

		public void add(int count) {
		}

		public void runTask() {
		}

	}

	private static final class Tasks implements Scheduler {

		private final Queue<Runnable> tasks;

		Tasks(Queue<Runnable> tasks) {
			this.tasks = tasks;
		}

		@Override
		public Disposable schedule(Runnable task) {
			this.tasks.add(task);
			return Disposables.disposed();
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Worker createWorker() {
			throw new UnsupportedOperationException();
		}

	}

}
