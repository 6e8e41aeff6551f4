package dev.lastseat.status;

import java.util.function.Predicate;

/**
 * Lets a sequence of emissions of one event through as long as it gets later and later.
 * For one subscriber.
 */
final class Growing<T> implements Predicate<Emission<T>> {

	private long revision = Long.MIN_VALUE;

	@Override
	public boolean test(Emission<T> emission) {
		if (emission.revision() <= this.revision) {
			return false;
		}
		this.revision = emission.revision();
		return true;
	}

}
