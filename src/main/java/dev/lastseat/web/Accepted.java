package dev.lastseat.web;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Content negotiation: what a client accepts, among what there is.
 */
final class Accepted {

	private Accepted() {
	}

	/**
	 * @param offered what there is, the preferred first
	 * @return what the client likes best; null when it can read none of it
	 */
	static @Nullable MediaType best(ServerRequest.Headers headers, MediaType... offered) {
		return accepted(headers).stream()
			.filter((range) -> range.getQualityValue() > 0)
			.sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
			.map((range) -> Stream.of(offered).filter(range::includes).findFirst().orElse(null))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static List<MediaType> accepted(ServerRequest.Headers headers) {
		try {
			List<MediaType> accepted = headers.accept();
			return accepted.isEmpty() ? List.of(MediaType.ALL) : accepted;
		}
		catch (InvalidMediaTypeException ex) {
			return List.of();
		}
	}

}
