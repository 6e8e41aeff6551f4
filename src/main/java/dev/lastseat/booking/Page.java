package dev.lastseat.booking;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some items of a longer list.
 *
 * @param <T> the items
 * @param <P> what names a place in the list
 * @param next the place behind which the list goes on; null when this is its end
 */
public record Page<T, P>(List<T> items, @Nullable P next) {

	public Page {
		items = List.copyOf(items);
	}

}
