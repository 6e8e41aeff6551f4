package dev.lastseat.proof;

import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

/**
 * Sends the requests of a sale, each once and to a random process, and records them.
 */
final class SaleRequests {

	private final RecordedEvent event;

	private final BookingClient bookings;

	private final SaleClient sales;

	private final WaitingListClient waitingList;

	private final Random random;

	SaleRequests(RecordedEvent event, ServiceClient client, Random random) {
		this.event = event;
		this.bookings = new BookingClient(client);
		this.sales = new SaleClient(client, Clock.systemUTC());
		this.waitingList = new WaitingListClient(client);
		this.random = random;
	}

	Mono<BookingOutcome> book(UserId user) {
		return recorded(List.of(user), (address) -> this.bookings.put(address, user),
				(request) -> this.event.recorder().book(user, request));
	}

	Mono<BookingOutcome> confirm(Hold hold) {
		return recorded(List.of(hold.user()), (address) -> this.sales.confirm(address, hold),
				(request) -> this.event.recorder().book(hold.user(), request));
	}

	Mono<ReleaseOutcome> cancel(UserId user) {
		return recorded(List.of(user), (address) -> this.sales.cancel(address, user),
				(request) -> this.event.recorder().cancel(user, request));
	}

	Mono<HoldOutcome> hold(UserId user) {
		return recorded(List.of(user), (address) -> this.sales.hold(address, user),
				(request) -> this.event.recorder().hold(user, request));
	}

	Mono<HoldReleaseOutcome> release(Hold hold) {
		return recorded(List.of(hold.user()), (address) -> this.sales.release(address, hold),
				(request) -> this.event.recorder().releaseHold(hold.user(), request));
	}

	Mono<PartyOutcome> bookParty(List<UserId> users) {
		return recorded(users, (address) -> this.sales.bookParty(address, users),
				(request) -> this.event.recorder().bookParty(users, request));
	}

	Mono<PartyHoldOutcome> holdParty(List<UserId> users) {
		return recorded(users, (address) -> this.sales.holdParty(address, users),
				(request) -> this.event.recorder().holdParty(users, request));
	}

	Mono<JoinOutcome> join(UserId user) {
		return recorded(List.of(user), (address) -> this.waitingList.join(address, user),
				(request) -> this.event.recorder().join(user, request));
	}

	Mono<LeaveOutcome> leave(UserId user) {
		return recorded(List.of(user), (address) -> this.waitingList.leave(address, user),
				(request) -> this.event.recorder().leave(user, request));
	}

	private <T> Mono<T> recorded(List<UserId> users, Function<String, Mono<T>> request,
			UnaryOperator<Mono<T>> recorder) {
		Mono<T> sent = Mono.defer(() -> request.apply(this.event.address(this.random)));
		return this.event.watched(users, recorder.apply(sent));
	}

}
