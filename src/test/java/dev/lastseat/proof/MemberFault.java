package dev.lastseat.proof;

import java.util.function.ObjIntConsumer;

/**
 * Faults of the primary of a replica set that make the other members elect a new primary.
 */
enum MemberFault {

	/** A partition: clients can reach the primary, the other members cannot. */
	CUT_OFF(ReplicaSet::cutOff),

	/** The process is killed, and started again later. */
	KILLED(ReplicaSet::kill),

	/** The process is paused. When it continues, it still acts as primary at first. */
	PAUSED(ReplicaSet::pause);

	private final ObjIntConsumer<ReplicaSet> injection;

	MemberFault(ObjIntConsumer<ReplicaSet> injection) {
		this.injection = injection;
	}

	void inject(ReplicaSet set, int member) {
		this.injection.accept(set, member);
	}

}
