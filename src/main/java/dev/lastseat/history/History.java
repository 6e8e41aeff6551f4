package dev.lastseat.history;

import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * All operations on one event since it was created.
 *
 * @param capacity the capacity at creation, when no user was registered
 * @param operations in any order
 * @param ledger the stored state, read after the last response; null when it is not known
 */
public record History(EventId event, int capacity, List<Operation> operations, @Nullable Ledger ledger) {

	public History {
		operations = List.copyOf(operations);
	}

}
