package dev.lastseat.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says beyond its kind.
 *
 * @param holds the ends of all holds that the answer names, by user, in nanoseconds on
 * the clock of the history
 * @param before the users of a party that were registered, or had a hold, before the
 * operation
 * @param remaining the number of seats that were free when a party was refused as sold
 * out; null when the answer does not tell
 * @param place of the user in the waiting list; null when the answer does not tell
 */
public record Details(Map<UserId, Long> holds, List<UserId> before, @Nullable Integer remaining,
		@Nullable WaitingPlace place) {

	public static final Details NONE = new Details(Map.of(), List.of(), null, null);

	public Details {
		holds = Map.copyOf(holds);
		before = List.copyOf(before);
	}

	static Details ofHolds(Collection<Hold> made, Collection<Hold> before, HistoryClock clock) {
		return new Details(
				Stream.of(made, before)
					.flatMap(Collection::stream)
					.collect(Collectors.toMap(Hold::user, (hold) -> clock.at(hold.until()))),
				before.stream().map(Hold::user).toList(), null, null);
	}

	static Details ofRegistered(List<UserId> before) {
		return new Details(Map.of(), before, null, null);
	}

	static Details ofSoldOut(int remaining) {
		return new Details(Map.of(), List.of(), remaining, null);
	}

	static Details ofPlace(@Nullable WaitingPlace place) {
		return new Details(Map.of(), List.of(), null, place);
	}

	/** The ends of the holds by user id, in the order of the ids. */
	Map<String, Long> holdsByName() {
		Map<String, Long> byName = new TreeMap<>();
		this.holds.forEach((user, until) -> byName.put(user.value(), until));
		return byName;
	}

}
