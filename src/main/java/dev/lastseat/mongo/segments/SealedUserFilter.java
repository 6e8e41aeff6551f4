package dev.lastseat.mongo.segments;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;

/**
 * What a process remembers of the users who have an entry on the sealed segments of an
 * event: Bloom filters, as log-structured stores keep them beside what they have written.
 * Who is not in them has no entry, for certain; who seems to be has to be asked for.
 * <p>
 * Nothing is ever forgotten, and need not be: when a segment is below that of the event,
 * its entries are all there, and there will be no others.
 */
public final class SealedUserFilter {

	/** So few that hardly any group has one among it. Takes 29 bits for each user. */
	private static final double FALSE_POSITIVES = 1e-6;

	/** Users that the first filter has room for. */
	private static final int FIRST = 2_048;

	/** Each has as much room as all before it. */
	private final List<BloomFilter<CharSequence>> filters = new CopyOnWriteArrayList<>();

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicBoolean learning = new AtomicBoolean();

	private volatile int capacity;

	private int size;

	private int sealed;

	private volatile int segment;

	/** How many users there is room for, which is what its memory is in proportion to. */
	public int capacity() {
		return this.capacity;
	}

	/**
	 * How many registrations have been sealed, as far as they are known.
	 */
	public synchronized int sealedCount() {
		return this.sealed;
	}

	/**
	 * @return whether it knows of all entries below a segment
	 */
	public boolean covers(int belowSegment) {
		return this.segment >= belowSegment;
	}

	public boolean mightContain(String user) {
		for (BloomFilter<CharSequence> filter : this.filters) {
			if (filter.mightContain(user)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * @param users who have entries with ordinals below a number
	 * @param sealed that number: all others with such entries have been added before
	 */
	public synchronized void add(Collection<String> users, int sealed) {
		users.forEach(this::add);
		this.sealed = Math.max(this.sealed, sealed);
	}

	private void add(String user) {
		if (this.size == this.capacity) {
			int room = Math.max(FIRST, this.capacity);
			this.filters.add(BloomFilter.create(Funnels.stringFunnel(StandardCharsets.UTF_8), room, FALSE_POSITIVES));
			this.capacity += room;
		}
		this.filters.get(this.filters.size() - 1).put(user);
		this.size++;
	}

	/**
	 * All users have been added who have an entry below a segment.
	 */
	public synchronized void coverBelow(int segment) {
		this.segment = Math.max(this.segment, segment);
		this.asked.set(0);
	}

	/**
	 * Storage was asked for want of something that is not known here.
	 * @return whether to find out now: it has been asked as often as there are segments
	 * to be read, so that this takes no longer than the asking has, and nobody is at it
	 */
	public boolean countMiss(int belowSegment) {
		return this.asked.incrementAndGet() >= belowSegment - this.segment && this.learning.compareAndSet(false, true);
	}

	public void learnt() {
		this.learning.set(false);
	}

}
