package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

import dev.lastseat.booking.EventId;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Reads of events that callers share. One read of an event is under way at a time. A call
 * during a read waits for the next one, which answers all calls that wait. It starts
 * after they arrived, so its answer is as fresh as that of a read of their own. A call
 * that finds no read under way starts one at once.
 * <p>
 * A caller that cancels does not stop a read under way; a read whose callers have all
 * cancelled before its start is not sent. A read that fails fails its own callers only,
 * and is reported once. The number of callers is not limited: a caller is a request of an
 * open connection, and a caller that has cancelled is removed.
 *
 * @param <Q> what a call asks about the event
 * @param <A> the answer of a read to all of its callers
 */
public final class SharedReads<Q, A> {

	private final ConcurrentMap<EventId, ReadQueue<Q, A>> queues = new ConcurrentHashMap<>();

	private final BiFunction<EventId, Set<Q>, Mono<A>> storage;

	private final int maxCallers;

	private final Duration maxWait;

	private final Callbacks callbacks;

	private final Scheduler scheduler;

	private final AnswersByThread answers;

	/**
	 * @param storage reads an event for a set of questions; sends its command for each
	 * subscription
	 * @param maxCallers maximum number of callers of one read, 1 or more. Further callers
	 * wait for the read after it
	 * @param maxWait maximum time that a call waits for the end of a read. Then the next
	 * one starts beside it, so a read that never ends blocks no event
	 * @param callbacks receive the faults of reads
	 * @param scheduler ends the waits
	 * @param answers send the answers
	 */
	public SharedReads(BiFunction<EventId, Set<Q>, Mono<A>> storage, int maxCallers, Duration maxWait,
			Callbacks callbacks, Scheduler scheduler, AnswersByThread answers) {
		this.storage = storage;
		this.maxCallers = maxCallers;
		this.maxWait = maxWait;
		this.callbacks = callbacks;
		this.scheduler = scheduler;
		this.answers = answers;
	}

	/**
	 * Reads an event. Lazy: each subscription is a new call.
	 * @return the answer of a read that starts after the subscription; empty when that
	 * read is
	 */
	public Mono<A> read(EventId event, Q question) {
		return Mono.create((caller) -> submit(event, question, caller));
	}

	private void submit(EventId event, Q question, MonoSink<A> caller) {
		ReadCall<Q, A> call = new ReadCall<>(question, caller, this.answers.ofCurrentThread());
		ReadQueue<Q, A> queue = this.queues.computeIfAbsent(event, this::open);
		while (!queue.add(call)) {
			this.queues.remove(event, queue);
			queue = this.queues.computeIfAbsent(event, this::open);
		}
	}

	private ReadQueue<Q, A> open(EventId event) {
		return new ReadQueue<>((questions) -> this.storage.apply(event, questions), this.maxCallers, this.maxWait,
				this.callbacks, this.scheduler, (closed) -> this.queues.remove(event, closed));
	}

}
