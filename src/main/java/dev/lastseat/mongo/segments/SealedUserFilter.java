package dev.lastseat.mongo.segments;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;

/**
 * The users of one event that have a sealed registration, as Bloom filters in memory. A
 * user that the filters do not contain certainly has none. A user that they might contain
 * must be looked up in storage.
 * <p>
 * Users are only added. This is correct because the registrations of a sealed segment are
 * complete: none is added to it later.
 */
final class SealedUserFilter {

	/**
	 * Small enough that a batch rarely meets a false positive, which costs a read. It
	 * takes 29 bits for each user.
	 */
	private static final double FALSE_POSITIVES = 1e-6;

	private static final int INITIAL_CAPACITY = 2_048;

	/** A user is hashed once for all filters. Equal hashes are false positives. */
	private static final HashFunction HASH = Hashing.farmHashFingerprint64();

	/** Each filter has the capacity of all filters before it together. */
	private final List<BloomFilter<Long>> filters = new CopyOnWriteArrayList<>();

	private final AtomicInteger misses = new AtomicInteger();

	private final AtomicBoolean loading = new AtomicBoolean();

	private volatile int capacity;

	private int size;

	private int sealedCount;

	private volatile int segment;

	/**
	 * Number of users that the filters have room for. Their memory is proportional to it.
	 */
	int capacity() {
		return this.capacity;
	}

	/**
	 * Ordinal below which all registrations that are not released have been added.
	 */
	synchronized int sealedCount() {
		return this.sealedCount;
	}

	/**
	 * @return whether the users of all segments below this one have been added
	 */
	boolean covers(int belowSegment) {
		return this.segment >= belowSegment;
	}

	boolean mightContain(String user) {
		Long hash = hash(user);
		for (BloomFilter<Long> filter : this.filters) {
			if (filter.mightContain(hash)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * @param users that have registrations with ordinals below {@code sealedCount}. All
	 * other users with such registrations have been added before
	 */
	synchronized void add(Collection<String> users, int sealedCount) {
		users.forEach(this::add);
		this.sealedCount = Math.max(this.sealedCount, sealedCount);
	}

	private void add(String user) {
		if (this.size == this.capacity) {
			int added = Math.max(INITIAL_CAPACITY, this.capacity);
			this.filters.add(BloomFilter.create(Funnels.longFunnel(), added, FALSE_POSITIVES));
			this.capacity += added;
		}
		this.filters.get(this.filters.size() - 1).put(hash(user));
		this.size++;
	}

	private static Long hash(String user) {
		return HASH.hashString(user, StandardCharsets.UTF_8).asLong();
	}

	/**
	 * All users of the segments below this one have been added.
	 */
	synchronized void coverBelow(int segment) {
		this.segment = Math.max(this.segment, segment);
		this.misses.set(0);
	}

	/**
	 * Counts a read of storage that was necessary because the users are not loaded.
	 * @return whether to load them now: no other load runs, and there were at least as
	 * many misses as there are segments to load. So a load costs no more than the misses
	 * did
	 */
	boolean countMiss(int belowSegment) {
		return this.misses.incrementAndGet() >= belowSegment - this.segment && this.loading.compareAndSet(false, true);
	}

	void loadEnded() {
		this.loading.set(false);
	}

}
