package dev.lastseat.simulation;

import java.net.ConnectException;

import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A connection with delays and faults. The caller gets the exceptions that the driver
 * would throw. The effects do not depend on whether the caller has cancelled.
 */
final class UnreliableLink implements Link {

	private static final ServerAddress SERVER = new ServerAddress("store.invalid");

	private final ReplicaSet servers;

	private final VirtualTime time;

	private final ElectionPlan elections;

	private final FaultRates rates;

	private final SimulationStatistics statistics;

	private final Witness witness;

	private final StepContext maintenance;

	/**
	 * @param maintenance context of commands that belong to no step
	 */
	UnreliableLink(ReplicaSet servers, VirtualTime time, ElectionPlan elections, FaultRates rates,
			SimulationStatistics statistics, Witness witness, StepContext maintenance) {
		this.servers = servers;
		this.time = time;
		this.elections = elections;
		this.rates = rates;
		this.statistics = statistics;
		this.witness = witness;
		this.maintenance = maintenance;
	}

	@Override
	public Mono<BsonDocument> send(BsonDocument command) {
		return Mono.deferContextual((context) -> {
			StepContext stepContext = context.getOrDefault(StepContext.class, this.maintenance);
			return send(command, stepContext, Delivery.next(stepContext.random(), this.rates));
		});
	}

	private Mono<BsonDocument> send(BsonDocument command, StepContext stepContext, Delivery delivery) {
		this.statistics.command(command);
		Fault fault = this.rates.refuses(this.time.micros()) ? Fault.REFUSED : delivery.fault();
		if (fault == null) {
			return answered(delivery, takesEffect(delivery.requestDelay(), command, stepContext, delivery));
		}
		this.statistics.fault(fault);
		return switch (fault) {
			case SLOW -> answered(delivery, takesEffect(delivery.requestDelay(), command, stepContext, delivery));
			case REFUSED ->
				fails(delivery.replyDelay(), new MongoSocketOpenException("refused", SERVER, new ConnectException()));
			case FAILED_BEFORE -> fails(delivery.timeout(), new MongoTimeoutException("no server in time"));
			case REPLY_LOST -> {
				takesEffect(delivery.requestDelay(), command, stepContext, delivery);
				yield fails(delivery.roundTrip(), new MongoSocketReadException("reset", SERVER));
			}
			case APPLIED_LATE -> {
				takesEffect(delivery.timeout() + delivery.lateBy(), command, stepContext, delivery);
				yield fails(delivery.timeout(), new MongoOperationTimeoutException("no answer in time"));
			}
			default -> throw new IllegalStateException(fault + " is not a fault of a command");
		};
	}

	/**
	 * @return the reply, when the server sends it
	 */
	private Mono<BsonDocument> takesEffect(long micros, BsonDocument command, StepContext stepContext,
			Delivery delivery) {
		Route route = stepContext.nextRoute(this.elections);
		Member member = this.servers.choose(route);
		Sinks.One<BsonDocument> reply = Sinks.one();
		this.time
			.in(micros,
					() -> this.servers.execute(member, command, route,
							(created) -> this.witness.executed(stepContext.step(), command, created, delivery.moved()))
						.subscribe(reply::tryEmitValue, reply::tryEmitError));
		return reply.asMono();
	}

	private Mono<BsonDocument> answered(Delivery delivery, Mono<BsonDocument> reply) {
		return reply.materialize()
			.flatMap((signal) -> this.time.delay(delivery.replyDelay()).thenReturn(signal))
			.dematerialize();
	}

	private Mono<BsonDocument> fails(long micros, RuntimeException fault) {
		return this.time.delay(micros).then(Mono.error(fault));
	}

	/** Called for each command right after it took effect, at the same virtual time. */
	interface Witness {

		/**
		 * @param moved whether another process may change the state now
		 */
		void executed(Step step, BsonDocument command, BsonDocument reply, boolean moved);

	}

}
