package dev.lastseat.booking;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param <T> type of the items
 * @param <C> type of the cursor
 * @param next the cursor of the next page; null when this is the last page
 */
public record Page<T, C>(List<T> items, @Nullable C next) {

	public Page {
		items = List.copyOf(items);
	}

}
