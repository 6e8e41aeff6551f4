package dev.lastseat.proof;

import java.util.function.ObjIntConsumer;

/**
 * What can happen to the primary of a replica set, so that the others elect another one.
 */
enum MemberFault {

	/** The other members do not reach it, and clients do. */
	CUT_OFF(ReplicaSet::cutOff),

	/** Its process is killed, and started again later. */
	KILLED(ReplicaSet::kill),

	/** Its process stands still, and goes on later, as the primary that it was. */
	PAUSED(ReplicaSet::pause);

	private final ObjIntConsumer<ReplicaSet> begin;

	MemberFault(ObjIntConsumer<ReplicaSet> begin) {
		this.begin = begin;
	}

	void begin(ReplicaSet set, int member) {
		this.begin.accept(set, member);
	}

}
