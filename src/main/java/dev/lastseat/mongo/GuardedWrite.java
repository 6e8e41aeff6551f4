package dev.lastseat.mongo;

import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.StorageException;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/**
 * A change to one event document whose conditions stand in the filter of the very write
 * that makes it, so that nothing can come between the check and the change.
 *
 * @param <S> what has to be looked at to say why the filter did not match
 * @param <T> the outcomes it can end in
 * @param send makes the write, once for each subscription, and counts the documents that
 * matched: none or one
 * @param done the outcome when the filter matched
 * @param unknownEvent the outcome when there is no such event
 * @param refusal why the filter did not match an event that exists; empty when, by the
 * time of the look, nothing speaks against the write any more
 */
record GuardedWrite<S, T>(Function<MongoCollection<Document>, Mono<Long>> send, T done, T unknownEvent,
		Function<S, Optional<T>> refusal) {

	static Function<MongoCollection<Document>, Mono<Long>> update(Bson filter, Bson update) {
		return (events) -> StorageErrors.write(Mono.from(events.updateOne(filter, update)))
			.map(UpdateResult::getMatchedCount);
	}

	static Function<MongoCollection<Document>, Mono<Long>> delete(Bson filter) {
		return (events) -> StorageErrors.write(Mono.from(events.deleteOne(filter))).map(DeleteResult::getDeletedCount);
	}

	/**
	 * Makes the write, and looks for the reason when it matched nothing. When the state
	 * has moved on by then and no reason is left, any refusal would be a guess: the write
	 * is made again.
	 * @param look reads what there is to look at; empty when there is no such event
	 * @param attempts how often the write is made at most, 1 or more
	 * @return exactly one outcome
	 */
	Mono<T> decide(MongoCollection<Document> events, Mono<S> look, int attempts) {
		return Mono.defer(() -> this.send.apply(events))
			.flatMap((matched) -> (matched == 1) ? Mono.just(this.done) : explain(events, look, attempts));
	}

	private Mono<T> explain(MongoCollection<Document> events, Mono<S> look, int attempts) {
		return look.map(this.refusal)
			.defaultIfEmpty(Optional.of(this.unknownEvent))
			.flatMap((reason) -> reason.map(Mono::just).orElseGet(() -> again(events, look, attempts)));
	}

	private Mono<T> again(MongoCollection<Document> events, Mono<S> look, int attempts) {
		return (attempts > 1) ? decide(events, look, attempts - 1) : Mono.error(StorageException.Busy::new);
	}

}
