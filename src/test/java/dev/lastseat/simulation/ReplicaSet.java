package dev.lastseat.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.mongodb.ReadConcernLevel;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A simulated replica set. A primary applies a write at once and acknowledges it when the
 * majority has it. An election rolls back the writes that the majority did not have. For
 * a while the deposed primary does not notice: it applies writes and answers reads that
 * no majority confirms. Then it refuses all commands.
 * <p>
 * A replica set of one member needs no acknowledgement and has no elections.
 */
final class ReplicaSet {

	private final VirtualTime time;

	private final ElectionPlan elections;

	private final SimulationStatistics statistics;

	private final Runnable witness;

	private final List<Member> members = new ArrayList<>();

	/**
	 * @param witness called with each state of the majority, when the majority has it
	 */
	ReplicaSet(VirtualTime time, ElectionPlan elections, SimulationStatistics statistics, Runnable witness) {
		this.time = time;
		this.elections = elections;
		this.statistics = statistics;
		this.witness = witness;
		this.members.add(elections.hasElections() ? Member.initialPrimary() : Member.standalone());
	}

	/** Schedules the elections, from now on. */
	void start() {
		for (Election election : this.elections.elections()) {
			this.time.in(election.cutOffAt(), () -> primary().cutOff());
			this.time.in(election.at(), () -> hold(election));
		}
	}

	private void hold(Election election) {
		Member old = primary();
		old.cutOff();
		int kept = old.committed() + (int) (election.kept() * (old.length() - old.committed() + 1));
		Member successor = old.successor(kept);
		this.members.add(successor);
		this.statistics.fault(Fault.ELECTION);
		this.statistics.faults(Fault.ROLLED_BACK, old.writesFrom(kept));
		this.time.in(this.elections.maxLag(), () -> successor.commit(kept, this.witness));
		this.time.in(election.linger(), old::stepDown);
	}

	private Member primary() {
		return this.members.get(this.members.size() - 1);
	}

	boolean hasOneMember() {
		return !this.elections.hasElections();
	}

	/** Whether the majority follows the primary. */
	boolean hasMajority() {
		return !primary().isCutOff();
	}

	/**
	 * Links to the primary that the majority follows. Commands on them take no time and
	 * do not fail.
	 */
	Link undisturbed() {
		return (command) -> Mono.fromSupplier(() -> {
			commitAll();
			BsonDocument reply = Store.isWrite(command) ? primary().write(command) : primary().read(command);
			commitAll();
			return reply;
		});
	}

	private void commitAll() {
		primary().commit(primary().length(), this.witness);
	}

	/** Links to the state of the majority. */
	Link committed() {
		return (command) -> Mono.fromSupplier(() -> primary().readCommitted(command));
	}

	/**
	 * The member that the sender of a command believes to be the primary.
	 */
	Member choose(Route route) {
		List<Member> deposed = this.members.subList(0, this.members.size() - 1)
			.stream()
			.filter((member) -> !member.hasSteppedDown())
			.toList();
		return (route.stale() && !deposed.isEmpty()) ? deposed.get((int) (route.pick() * deposed.size())) : primary();
	}

	/**
	 * Executes a command on a member.
	 * @param witness called with the reply when the member creates it
	 * @return the reply when it is sent; an exception of the driver if it is never sent
	 */
	Mono<BsonDocument> execute(Member member, BsonDocument command, Route route, Consumer<BsonDocument> witness) {
		if (member.hasSteppedDown()) {
			this.statistics.fault(Fault.NOT_PRIMARY);
			return Mono.error(route.failure().exception());
		}
		return Store.isWrite(command) ? write(member, command, route, witness) : read(member, command, route, witness);
	}

	private Mono<BsonDocument> write(Member member, BsonDocument command, Route route, Consumer<BsonDocument> witness) {
		int before = member.length();
		BsonDocument reply = member.write(command);
		if (member != primary()) {
			this.statistics.faults(Fault.ROLLED_BACK, member.writesFrom(before));
		}
		Mono<BsonDocument> acknowledged = confirmed(member, route, () -> reply,
				() -> route.failure().resultOfWrite(reply));
		witness.accept(reply);
		return acknowledged;
	}

	private Mono<BsonDocument> read(Member member, BsonDocument command, Route route, Consumer<BsonDocument> witness) {
		if (member != primary()) {
			this.statistics.fault(Fault.STALE_READ);
		}
		ReadConcernLevel concern = Store.readConcern(command);
		BsonDocument reply = (concern == ReadConcernLevel.MAJORITY) ? member.readCommitted(command)
				: member.read(command);
		Mono<BsonDocument> answer = Mono.just(reply);
		if (concern == ReadConcernLevel.LINEARIZABLE && !hasOneMember()) {
			member.writeNoOp();
			answer = confirmed(member, route, () -> reply, () -> {
				throw route.failure().exception();
			});
		}
		witness.accept(reply);
		return answer;
	}

	/**
	 * Waits until the majority has the current state of the member. A write without a
	 * match waits as well, for the state that it read.
	 */
	private Mono<BsonDocument> confirmed(Member member, Route route, Supplier<BsonDocument> reply,
			Supplier<BsonDocument> failure) {
		int length = member.length();
		Confirmation confirmation = new Confirmation(length, reply, () -> {
			this.statistics.fault(Fault.NOT_CONFIRMED);
			return failure.get();
		});
		member.await(confirmation);
		if (!confirmation.done) {
			this.time.in(route.lag(), () -> member.commit(length, this.witness));
			this.time.in(route.timeout(), confirmation::failed);
		}
		return confirmation.reply();
	}

	/** Emits the reply when the majority has a part of a log, or else the failure. */
	private static final class Confirmation implements Member.CommitListener {

		private final int length;

		private final Supplier<BsonDocument> reply;

		private final Supplier<BsonDocument> failure;

		private final Sinks.One<Supplier<BsonDocument>> result = Sinks.one();

		private boolean done;

		Confirmation(int length, Supplier<BsonDocument> reply, Supplier<BsonDocument> failure) {
			this.length = length;
			this.reply = reply;
			this.failure = failure;
		}

		@Override
		public boolean isReached(int commitLength) {
			if (commitLength >= this.length) {
				emit(this.reply);
			}
			return this.done;
		}

		@Override
		public void failed() {
			emit(this.failure);
		}

		private void emit(Supplier<BsonDocument> signal) {
			if (!this.done) {
				this.done = true;
				this.result.tryEmitValue(signal);
			}
		}

		Mono<BsonDocument> reply() {
			return this.result.asMono().map(Supplier::get);
		}

	}

}
