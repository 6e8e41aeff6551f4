package dev.lastseat.status;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Passes only updates that are newer than all previous updates of the event. Each
 * subscriber needs its own instance.
 */
final class OnlyNewer<T> implements Predicate<EncodedUpdate<T>> {

	private @Nullable EncodedUpdate<T> last;

	@Override
	public boolean test(EncodedUpdate<T> update) {
		if (this.last != null && !update.isAfter(this.last)) {
			return false;
		}
		this.last = update;
		return true;
	}

}
