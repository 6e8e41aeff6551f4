package dev.lastseat.simulation;

import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

/**
 * A way on which everything takes time and anything can go wrong. What the driver would
 * say of it is what the caller gets. Nothing here depends on whether the caller is still
 * there.
 */
final class UnreliableLink implements Link {

	private static final ServerAddress SERVER = new ServerAddress("store.invalid");

	private final Store store;

	private final VirtualTime time;

	private final Weather weather;

	private final Tally tally;

	private final Witness witness;

	private final Errand upkeep;

	/**
	 * @param upkeep under way when nobody's errand is
	 */
	UnreliableLink(Store store, VirtualTime time, Weather weather, Tally tally, Witness witness, Errand upkeep) {
		this.store = store;
		this.time = time;
		this.weather = weather;
		this.tally = tally;
		this.witness = witness;
		this.upkeep = upkeep;
	}

	@Override
	public Mono<BsonDocument> send(BsonDocument command) {
		return Mono.deferContextual((context) -> {
			Errand errand = context.getOrDefault(Errand.class, this.upkeep);
			return send(command, errand, Fate.next(errand.random(), this.weather));
		});
	}

	private Mono<BsonDocument> send(BsonDocument command, Errand errand, Fate fate) {
		this.tally.command(command.getFirstKey());
		Fault fault = this.weather.refuses(this.time.micros()) ? Fault.REFUSED : fate.fault();
		if (fault == null) {
			return answered(fate, takesEffect(fate.there(), command, errand, fate));
		}
		this.tally.fault(fault);
		return switch (fault) {
			case SLOW -> answered(fate, takesEffect(fate.there(), command, errand, fate));
			case REFUSED -> fails(fate.back(), new MongoSocketOpenException("refused", SERVER, new ConnectException()));
			case FAILED_BEFORE -> fails(fate.timeout(), new MongoTimeoutException("no server in time"));
			case REPLY_LOST -> {
				takesEffect(fate.there(), command, errand, fate);
				yield fails(fate.trip(), new MongoSocketReadException("reset", SERVER));
			}
			case APPLIED_LATE -> {
				takesEffect(fate.timeout() + fate.late(), command, errand, fate);
				yield fails(fate.timeout(), new MongoOperationTimeoutException("no answer in time"));
			}
			case STATE_MOVED, TURNED_AWAY, GIVEN_UP -> throw new IllegalStateException(fault + " befalls no command");
		};
	}

	/**
	 * @return the reply, there after that time
	 */
	private Supplier<BsonDocument> takesEffect(long micros, BsonDocument command, Errand errand, Fate fate) {
		AtomicReference<BsonDocument> reply = new AtomicReference<>();
		this.time.in(micros, () -> {
			reply.set(this.store.execute(command));
			this.witness.saw(errand.step(), command, reply.get(), fate.moved());
		});
		return reply::get;
	}

	private Mono<BsonDocument> answered(Fate fate, Supplier<BsonDocument> reply) {
		return this.time.delay(fate.trip()).then(Mono.fromSupplier(reply));
	}

	private Mono<BsonDocument> fails(long micros, RuntimeException fault) {
		return this.time.delay(micros).then(Mono.error(fault));
	}

	/** Sees every command right after it took effect, at the same moment. */
	interface Witness {

		/**
		 * @param moved whether this is a moment for another process
		 */
		void saw(Step step, BsonDocument command, BsonDocument reply, boolean moved);

	}

}
