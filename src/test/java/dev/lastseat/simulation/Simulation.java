package dev.lastseat.simulation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.History;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.Operation;
import dev.lastseat.history.Recorder;
import dev.lastseat.mongo.Repositories;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Executes one plan: a store, two processes of the service whose repositories reach it
 * over unreliable links, and their clients.
 */
final class Simulation {

	private final VirtualTime time = new VirtualTime();

	private final Plan plan;

	private final SimulationStatistics statistics;

	private final ReplicaSet servers;

	private final EventRepository undisturbed;

	private final EventId event;

	private final Recorder recorder;

	private final Invariants invariants;

	private final OtherProcess otherProcess;

	private final List<MongoDatabase> databases;

	private final List<BookingService> processes;

	private Simulation(Plan plan, RepositoryFactory repository, ReadConcernOverride readConcerns,
			SimulationStatistics statistics) {
		this.plan = plan;
		this.statistics = statistics;
		this.servers = new ReplicaSet(this.time, plan.elections(), statistics, this::checkMajority);
		Clock clock = new SimulatedClock(this.time, List.of());
		this.undisturbed = Repositories.guarded(SimulatedDatabase.over(this.servers.undisturbed()), plan.segmentSize(),
				clock);
		this.event = this.undisturbed
			.create(new EventDraft("Gala", null, Instant.EPOCH, null, plan.capacity(), plan.sale().terms()),
					Instant.EPOCH)
			.block()
			.id();
		this.recorder = plan.sale().hasHolds() ? new Recorder(this.event, plan.capacity(), plan.sale().terms(),
				SalePlan.TOLERANCE, clock, this.time::nanos)
				: new Recorder(this.event, plan.capacity(), this.time::nanos);
		this.invariants = new Invariants(this.event,
				Repositories.guarded(SimulatedDatabase.over(this.servers.committed()), plan.segmentSize()),
				this.servers.committed(), clock);
		this.otherProcess = new OtherProcess(this.event, this.undisturbed, this.recorder, clock);
		this.databases = LongStream.range(0, Plan.PROCESSES)
			.mapToObj((number) -> StepContext.ofMaintenance(plan.seed() * Plan.PROCESSES + number))
			.map((maintenance) -> SimulatedDatabase.over(link(maintenance), readConcerns))
			.toList();
		this.processes = IntStream.range(0, Plan.PROCESSES).mapToObj((number) -> process(repository, number)).toList();
	}

	private Link link(StepContext maintenance) {
		return new UnreliableLink(this.servers, this.time, this.plan.elections(), this.plan.rates(), this.statistics,
				this::afterCommand, maintenance);
	}

	private BookingService process(RepositoryFactory repository, int number) {
		Clock clock = new SimulatedClock(this.time, this.plan.sale().jumps(number));
		return new BookingService(repository.create(this.databases.get(number), this.plan.segmentSize(), clock), clock,
				BookingMonitor.NONE, (event) -> {
				}, this.plan.queue(), this.time.scheduler(), AnswerPacers.of(this.time.scheduler()));
	}

	/**
	 * Executes the plan, late effects included, and checks the result.
	 * @param repository creates the repository of a process
	 * @param readConcerns overrides the read concerns of the repository
	 */
	static Run run(Plan plan, RepositoryFactory repository, ReadConcernOverride readConcerns,
			SimulationStatistics statistics) {
		return new Simulation(plan, repository, readConcerns, statistics).run();
	}

	private Run run() {
		for (int number = 0; number < this.plan.initialUsers(); number++) {
			UserId user = LoadProfile.user(number);
			this.recorder.book(user, this.undisturbed.book(this.event, user)).block();
		}
		List<Client> clients = this.plan.steps()
			.stream()
			.map((step) -> new Client(step, call(step), this.time, this.statistics))
			.toList();
		this.servers.start();
		clients.forEach(Client::start);
		this.plan.sweeps().forEach(this::sweepAt);
		this.plan.sale().expirySweeps().forEach(this::removeExpiredHoldsAt);
		this.time.pass();
		maintain(SimulatedDatabase.over(this.servers.undisturbed())).block();
		this.invariants.check();
		History history = this.plan.sale().waitingList()
				? this.recorder.history(this.undisturbed.ledger(this.event), journal()).block()
				: this.recorder.history(this.undisturbed.ledger(this.event)).block();
		this.statistics.seed(history.operations());
		String violation = Stream
			.concat(Stream.of(this.invariants.violation()), clients.stream().map(Client::violation))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> violation(CheckResult.of(history)));
		return new Run(this.plan, violation, history);
	}

	private Mono<List<JournalEntry>> journal() {
		return this.undisturbed.journal(this.event, 0, Integer.MAX_VALUE).map(Page::items);
	}

	private void sweepAt(long micros) {
		MongoDatabase database = this.databases.get((int) (micros % Plan.PROCESSES));
		this.time.in(micros, () -> maintain(database).onErrorComplete(MongoException.class).subscribe());
	}

	private void removeExpiredHoldsAt(long micros) {
		BookingService process = this.processes.get((int) (micros % Plan.PROCESSES));
		this.time.in(micros, () -> process.removeExpiredHolds().onErrorComplete(StorageException.class).subscribe());
	}

	private Mono<Void> maintain(MongoDatabase database) {
		return Repositories.maintain(database, this.plan.segmentSize(), this.event);
	}

	private Mono<?> call(Step step) {
		BookingService process = this.processes.get(Math.floorMod(step.seed(), Plan.PROCESSES));
		return switch (step.action()) {
			case BOOK -> this.recorder.book(step.user(), process.book(this.event, step.user()));
			case HOLD -> this.recorder.hold(step.user(), process.hold(this.event, step.user()));
			case RELEASE_HOLD -> this.recorder.releaseHold(step.user(), process.releaseHold(this.event, step.user()));
			case BOOK_PARTY ->
				this.recorder.bookParty(step.users(), process.book(this.event, new Request.PartyBooking(step.users())));
			case HOLD_PARTY ->
				this.recorder.holdParty(step.users(), process.hold(this.event, new Request.PartyHolding(step.users())));
			case JOIN -> this.recorder.join(step.user(), process.join(this.event, step.user()));
			case LEAVE -> this.recorder.leave(step.user(), process.leave(this.event, step.user()));
			case CANCEL -> this.recorder.cancel(step.user(), process.release(this.event, step.user()));
			case RESIZE -> this.recorder.resize(step.capacity(),
					process.change(this.event, EventChange.ofCapacity(step.capacity()), RevisionCondition.NONE));
		};
	}

	private void afterCommand(Step step, BsonDocument command, BsonDocument reply, boolean moved) {
		if (this.servers.hasOneMember() && Store.isWrite(command) && Store.found(reply) > 0) {
			this.invariants.check();
		}
		// An inconsistent event can make the requests of a correct process fail.
		if (moved && this.servers.hasMajority() && this.invariants.violation() == null
				&& this.otherProcess.interfere(step, command, reply)) {
			this.statistics.fault(Fault.STATE_MOVED);
		}
	}

	private void checkMajority() {
		if (this.invariants != null) {
			this.invariants.check();
		}
	}

	private static @Nullable String violation(CheckResult checkResult) {
		if (checkResult instanceof CheckResult.Violation violation) {
			Operation offender = violation.offender();
			return violation.reason() + ((offender != null) ? ": " + Run.line(offender) : "");
		}
		return (checkResult instanceof CheckResult.Undecided undecided) ? undecided.reason() : null;
	}

}
