package dev.lastseat.proof;

import java.net.ConnectException;
import java.time.Duration;
import java.util.function.Function;

import dev.lastseat.booking.StorageException;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends requests over HTTP, each once.
 */
final class ServiceClient {

	/** Shorter than some faults, so that some buyers get no answer. */
	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

	/** More than the requests in flight when all of them wait until their timeout. */
	private static final int CONNECTIONS = 2_000;

	/** A hidden retry would be two operations that are recorded as one. */
	private final HttpClient client = HttpClient.create(ConnectionProvider.create("buyers", CONNECTIONS))
		.disableRetry(true)
		.headers((headers) -> headers.set("Content-Type", "application/json"));

	private final Duration timeout;

	ServiceClient() {
		this(REQUEST_TIMEOUT);
	}

	ServiceClient(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * @param reader returns the outcome, or throws {@link ServiceAnswer#fault()}
	 * @return the outcome; {@code Unavailable} when nothing was changed, or
	 * {@code OutcomeUnknown} when there is no answer
	 */
	<T> Mono<T> send(HttpMethod method, String address, String body, Function<ServiceAnswer, T> reader) {
		return this.client.request(method)
			.uri(address)
			.send(ByteBufMono.fromString(Mono.just(body)))
			.responseSingle((response, content) -> content.asString()
				.defaultIfEmpty("")
				.map((text) -> ServiceAnswer.of(response.status().code(), text)))
			.timeout(this.timeout)
			.map(reader)
			.onErrorMap(ServiceClient::isNoAnswer, ServiceClient::fault);
	}

	private static boolean isNoAnswer(Throwable fault) {
		return !(fault instanceof StorageException) && !(fault instanceof ServiceAnswer.Unexpected);
	}

	/** A refused connection carried no request, so nothing was changed. */
	private static StorageException fault(Throwable noAnswer) {
		return (noAnswer instanceof ConnectException) ? new StorageException.Unavailable(noAnswer)
				: new StorageException.OutcomeUnknown(noAnswer);
	}

}
