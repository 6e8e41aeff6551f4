package dev.lastseat.simulation;

import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.conversions.Bson;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;

/**
 * A find or an aggregation that can be refined until its subscription. One reply contains
 * all results.
 */
final class SimulatedRead implements DriverStub {

	private static final DocumentCodec CODEC = new DocumentCodec();

	private final Link link;

	private final BsonDocument command;

	SimulatedRead(Link link, BsonDocument command) {
		this.link = link;
		this.command = command;
	}

	@Override
	public Object call(String signature, Object self, Object[] arguments) {
		switch (signature) {
			case "projection(Bson)" -> this.command.append("projection", SimulatedDatabase.bson((Bson) arguments[0]));
			case "sort(Bson)" -> this.command.append("sort", SimulatedDatabase.bson((Bson) arguments[0]));
			case "limit(int)" -> this.command.append("limit", new BsonInt32((Integer) arguments[0]));
			case "batchSize(int)" -> {
				// No event of the simulation has enough registrations for a second batch.
			}
			case "subscribe(Subscriber)" -> subscribe((Subscriber<?>) arguments[0]);
			default -> throw DriverStub.unknown(signature);
		}
		return self;
	}

	// The subscriber of a collection of documents accepts documents.
	@SuppressWarnings("unchecked")
	private void subscribe(Subscriber<?> subscriber) {
		Flux<Document> found = this.link.send(this.command)
			.flatMapIterable((reply) -> reply.getDocument("cursor").getArray("firstBatch"))
			.map(SimulatedRead::document);
		found.subscribe((Subscriber<? super Document>) subscriber);
	}

	private static Document document(BsonValue found) {
		return CODEC.decode(new BsonDocumentReader(found.asDocument()), DecoderContext.builder().build());
	}

}
