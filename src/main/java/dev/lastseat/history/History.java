package dev.lastseat.history;

import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * All that was asked of one event, from the moment that it existed.
 *
 * @param capacity at the beginning, when nobody was registered
 * @param operations in any order
 * @param ledger what is stored, read after the last answer; null when that is not known
 */
public record History(EventId event, int capacity, List<Operation> operations, @Nullable Ledger ledger) {

	public History {
		operations = List.copyOf(operations);
	}

}
