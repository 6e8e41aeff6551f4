package dev.lastseat.web;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Content negotiation: what a client accepts, among what there is.
 */
final class Accepted {

	/** One coding of a list, unless its weight is 0. */
	private static final Pattern GZIP = Pattern.compile("\\s*gzip\\s*(;\\s*q=(1[.0]*|0\\.\\d*[1-9]\\d*)\\s*)?",
			Pattern.CASE_INSENSITIVE);

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

	/**
	 * @return whether the client says that it can read what is compressed
	 */
	static boolean gzip(ServerRequest.Headers headers) {
		return headers.header(HttpHeaders.ACCEPT_ENCODING)
			.stream()
			.flatMap((codings) -> Stream.of(codings.split(",")))
			.anyMatch((coding) -> GZIP.matcher(coding).matches());
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
