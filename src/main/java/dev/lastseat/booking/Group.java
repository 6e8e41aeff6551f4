package dev.lastseat.booking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import reactor.util.context.ContextView;

/**
 * Those who go together in one admission. Who is in it twice goes once: the second is
 * told what became of the first.
 */
final class Group {

	private final ContextView context;

	/** Who has no answer yet, in the order of arrival. */
	private final Map<UserId, List<Place.Booking>> undecided = new LinkedHashMap<>();

	private boolean refusals;

	/**
	 * @param places at least one, in the order of arrival
	 */
	Group(List<Place.Booking> places) {
		this.context = places.get(0).context();
		for (Place.Booking place : places) {
			this.undecided.computeIfAbsent(place.user(), (user) -> new ArrayList<>(1)).add(place);
		}
	}

	List<UserId> users() {
		return List.copyOf(this.undecided.keySet());
	}

	/**
	 * Of the one who came first.
	 */
	ContextView context() {
		return this.context;
	}

	/**
	 * Answers all who asked for the same. Of those whom one write has booked only the
	 * first took the seat, and right after it the others are registered already.
	 */
	void decided(Decision decision) {
		BookingOutcome outcome = decision.outcome();
		this.refusals |= outcome != BookingOutcome.BOOKED;
		List<Place.Booking> places = this.undecided.remove(decision.user());
		places.get(0).answer(outcome);
		BookingOutcome then = (outcome == BookingOutcome.BOOKED) ? BookingOutcome.ALREADY_REGISTERED : outcome;
		places.subList(1, places.size()).forEach((place) -> place.answer(then));
	}

	/**
	 * All is decided; whoever was forgotten is told so, and not left without an answer.
	 */
	void complete() {
		if (!this.undecided.isEmpty()) {
			failed(new IllegalStateException("no outcome"));
		}
	}

	/**
	 * Tells all who have no answer yet.
	 */
	void failed(Throwable fault) {
		this.undecided.values().stream().flatMap(Collection::stream).forEach((place) -> place.fail(fault));
		this.undecided.clear();
	}

	/**
	 * What a group that comes right after this one has to expect.
	 */
	Expectation forTheNext() {
		return this.refusals ? Expectation.REFUSALS : Expectation.BOOKINGS;
	}

}
