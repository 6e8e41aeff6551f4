package dev.lastseat.booking;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The revisions of an event that a write accepts. It is part of the filter of the write.
 *
 * @param oneOf the revisions that are accepted; null for any
 * @param noneOf the revisions that are not accepted
 */
public record RevisionCondition(@Nullable Set<Long> oneOf, Set<Long> noneOf) {

	/** Accepts every revision. */
	public static final RevisionCondition NONE = new RevisionCondition(null, Set.of());

	public RevisionCondition {
		oneOf = (oneOf != null) ? Set.copyOf(oneOf) : null;
		noneOf = Set.copyOf(noneOf);
	}

	/**
	 * Accepts these revisions only.
	 */
	public static RevisionCondition ofRevisions(Long... revisions) {
		return new RevisionCondition(Set.of(revisions), Set.of());
	}

	public boolean accepts(long revision) {
		return (this.oneOf == null || this.oneOf.contains(revision)) && !this.noneOf.contains(revision);
	}

}
