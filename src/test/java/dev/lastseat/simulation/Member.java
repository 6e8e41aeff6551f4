package dev.lastseat.simulation;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;

/**
 * A member of the replica set that is or was primary. It has its newest state, the state
 * that the majority has as far as it knows, and a log of the writes between the two.
 */
final class Member {

	/** A log entry without a change: it shows whether the majority still follows. */
	private static final BsonDocument NO_OP = new BsonDocument();

	private final Store newest;

	private final Store committed;

	private final List<BsonDocument> log;

	private int commitLength;

	private boolean cutOff;

	private boolean steppedDown;

	private final List<CommitListener> listeners = new ArrayList<>();

	private Member(Store newest, Store committed, List<BsonDocument> log, int commitLength) {
		this.newest = newest;
		this.committed = committed;
		this.log = log;
		this.commitLength = commitLength;
	}

	/** Waits until the majority has a part of the log. */
	interface CommitListener {

		/**
		 * @param commitLength the length of the log that the majority has
		 * @return whether the wait is over
		 */
		boolean isReached(int commitLength);

		/** The member has stepped down: the majority will never have this part. */
		void failed();

	}

	/** The only member of a set. */
	static Member standalone() {
		Store store = new Store();
		return new Member(store, store, new ArrayList<>(), 0);
	}

	/** The first primary of a set, without data. */
	static Member initialPrimary() {
		Store store = new Store();
		return new Member(store, store.copy(), new ArrayList<>(), 0);
	}

	/**
	 * @param kept the length of the log of the new primary
	 */
	Member successor(int kept) {
		Store state = this.committed.copy();
		List<BsonDocument> log = new ArrayList<>(this.log.subList(0, kept));
		log.subList(this.commitLength, kept).forEach((write) -> apply(write, state));
		return new Member(state, this.committed.copy(), log, this.commitLength);
	}

	private static void apply(BsonDocument write, Store store) {
		if (write != NO_OP && Store.found(store.execute(write)) == 0) {
			throw new IllegalStateException("matches no document when it is applied again: " + write);
		}
	}

	/** Reads the newest state. */
	BsonDocument read(BsonDocument command) {
		return this.newest.execute(command);
	}

	BsonDocument readCommitted(BsonDocument command) {
		return this.committed.execute(command);
	}

	/**
	 * Adds one log entry for each write of the command: an election can come between any
	 * two.
	 */
	BsonDocument write(BsonDocument command) {
		return SingleWrites.of(command, this.newest).execute((write) -> {
			BsonDocument reply = this.newest.execute(write);
			if (Store.found(reply) > 0 && this.newest != this.committed) {
				this.log.add(write);
			}
			return reply;
		});
	}

	void writeNoOp() {
		this.log.add(NO_OP);
	}

	/**
	 * Commits the log up to the length, unless the member is cut off from the majority.
	 * @param witness runs after each new state of the majority
	 */
	void commit(int length, Runnable witness) {
		while (!this.cutOff && this.commitLength < length) {
			BsonDocument write = this.log.get(this.commitLength++);
			if (write != NO_OP) {
				apply(write, this.committed);
				witness.run();
			}
		}
		// Copies the list: a listener can send the next command and add a listener.
		List.copyOf(this.listeners)
			.stream()
			.filter((listener) -> listener.isReached(this.commitLength))
			.forEach(this.listeners::remove);
	}

	/** Calls the listener at once if the wait is over already, or if it fails. */
	void await(CommitListener listener) {
		if (this.steppedDown) {
			listener.failed();
		}
		else if (!listener.isReached(this.commitLength)) {
			this.listeners.add(listener);
		}
	}

	/** Loses the majority without noticing it. */
	void cutOff() {
		this.cutOff = true;
	}

	/** Notices that it is no longer primary. */
	void stepDown() {
		this.steppedDown = true;
		List.copyOf(this.listeners).forEach(CommitListener::failed);
		this.listeners.clear();
	}

	boolean isCutOff() {
		return this.cutOff;
	}

	boolean hasSteppedDown() {
		return this.steppedDown;
	}

	int committed() {
		return this.commitLength;
	}

	int length() {
		return this.log.size();
	}

	/** The number of writes in the log from the index on. */
	int writesFrom(int index) {
		return (int) this.log.subList(index, this.log.size()).stream().filter((write) -> write != NO_OP).count();
	}

}
