package dev.lastseat.status;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Passes emissions of one event that are newer than all before. For one subscriber.
 */
final class OnlyNewer<T> implements Predicate<Emission<T>> {

	private @Nullable Emission<T> last;

	@Override
	public boolean test(Emission<T> emission) {
		if (this.last != null && !emission.isAfter(this.last)) {
			return false;
		}
		this.last = emission;
		return true;
	}

}
