package dev.lastseat.simulation;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;

/**
 * A member of the replica set that is, or was, its primary: its newest state, and the
 * state that it knows the majority to have. Between the two is its log.
 */
final class Member {

	/** What a primary writes to find out whether the majority still follows it. */
	private static final BsonDocument NOTHING = new BsonDocument();

	private final Store newest;

	private final Store committed;

	private final List<BsonDocument> log;

	private int commit;

	private boolean cutOff;

	private boolean gone;

	private final List<Waiting> waiting = new ArrayList<>();

	private Member(Store newest, Store committed, List<BsonDocument> log, int commit) {
		this.newest = newest;
		this.committed = committed;
		this.log = log;
		this.commit = commit;
	}

	/** Waits for a part of the log. */
	interface Waiting {

		/**
		 * @param commit the length of the log that the majority has
		 * @return whether that was waited for
		 */
		boolean isOver(int commit);

		/** There will be no answer. */
		void fails();

	}

	/** The only one. */
	static Member alone() {
		Store store = new Store();
		return new Member(store, store, new ArrayList<>(), 0);
	}

	/** With nothing stored. */
	static Member first() {
		Store store = new Store();
		return new Member(store, store.copy(), new ArrayList<>(), 0);
	}

	/**
	 * @param kept the length of the log that it begins with
	 */
	Member successor(int kept) {
		Store state = this.committed.copy();
		List<BsonDocument> log = new ArrayList<>(this.log.subList(0, kept));
		log.subList(this.commit, kept).forEach((write) -> repeat(write, state));
		return new Member(state, this.committed.copy(), log, this.commit);
	}

	private static void repeat(BsonDocument write, Store store) {
		if (write != NOTHING && Store.found(store.execute(write)) == 0) {
			throw new IllegalStateException("finds nothing when it is repeated: " + write);
		}
	}

	/** The newest state. */
	BsonDocument read(BsonDocument command) {
		return this.newest.execute(command);
	}

	BsonDocument readCommitted(BsonDocument command) {
		return this.committed.execute(command);
	}

	/**
	 * A command of several writes is one entry of the log for each: an election may come
	 * between any two.
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

	void writeNothing() {
		this.log.add(NOTHING);
	}

	/**
	 * The majority has so much of the log, if it still follows.
	 * @param witness sees every state that the majority has had
	 */
	void commit(int length, Runnable witness) {
		while (!this.cutOff && this.commit < length) {
			BsonDocument write = this.log.get(this.commit++);
			if (write != NOTHING) {
				repeat(write, this.committed);
				witness.run();
			}
		}
		// An answer may lead to the next command at the same moment.
		List.copyOf(this.waiting)
			.stream()
			.filter((waiting) -> waiting.isOver(this.commit))
			.forEach(this.waiting::remove);
	}

	/**
	 * Told at once when it is there already, or never will be.
	 */
	void await(Waiting waiting) {
		if (this.gone) {
			waiting.fails();
		}
		else if (!waiting.isOver(this.commit)) {
			this.waiting.add(waiting);
		}
	}

	/** Loses the majority, and does not notice yet. */
	void cutOff() {
		this.cutOff = true;
	}

	/** Has noticed. */
	void goes() {
		this.gone = true;
		List.copyOf(this.waiting).forEach(Waiting::fails);
		this.waiting.clear();
	}

	boolean isCutOff() {
		return this.cutOff;
	}

	boolean isGone() {
		return this.gone;
	}

	int committed() {
		return this.commit;
	}

	int length() {
		return this.log.size();
	}

	/** How many writes are in its log from there on. */
	int writesFrom(int index) {
		return (int) this.log.subList(index, this.log.size()).stream().filter((write) -> write != NOTHING).count();
	}

}
