package dev.lastseat.web.page;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Content negotiation: selects among the available media types the one that the client
 * prefers.
 */
public final class ContentNegotiation {

	/** Matches the coding {@code gzip} in a list, unless its weight is 0. */
	private static final Pattern GZIP = Pattern.compile("\\s*gzip\\s*(;\\s*q=(1[.0]*|0\\.\\d*[1-9]\\d*)\\s*)?",
			Pattern.CASE_INSENSITIVE);

	private ContentNegotiation() {
	}

	/**
	 * The weight of a media type is the weight of the most specific range that includes
	 * it (RFC 9110, 12.5.1). So a weight of 0 can exclude a type from a wider range.
	 * @param offered the available media types, the preferred one first
	 * @return the type with the highest weight, among equal weights the one whose range
	 * is listed first; null when the client accepts none
	 */
	public static @Nullable MediaType select(ServerRequest.Headers headers, MediaType... offered) {
		if (acceptsAnything(headers)) {
			return offered[0];
		}
		List<MediaType> ranges = accepted(headers);
		return Stream.of(offered)
			.map((type) -> new Candidate(type, rangeOf(type, ranges)))
			.filter((candidate) -> candidate.range() != null && candidate.range().getQualityValue() > 0)
			.min(Comparator.comparingDouble((Candidate candidate) -> -candidate.range().getQualityValue())
				.thenComparingInt((candidate) -> ranges.indexOf(candidate.range())))
			.map(Candidate::type)
			.orElse(null);
	}

	/**
	 * Whether the client accepts JSON. A client that accepts only {@code
	 * application/problem+json} is treated as one that accepts JSON.
	 */
	public static boolean acceptsJson(ServerRequest.Headers headers) {
		if (acceptsAnything(headers)) {
			return true;
		}
		List<MediaType> ranges = accepted(headers);
		MediaType range = rangeOf(MediaType.APPLICATION_JSON, ranges);
		return (range != null) ? range.getQualityValue() > 0
				: select(headers, MediaType.APPLICATION_PROBLEM_JSON) != null;
	}

	private static @Nullable MediaType rangeOf(MediaType type, List<MediaType> ranges) {
		return ranges.stream()
			.filter((range) -> range.includes(type))
			.max(Comparator.comparingInt(ContentNegotiation::specificity)
				.thenComparingDouble(MediaType::getQualityValue))
			.orElse(null);
	}

	private static int specificity(MediaType range) {
		return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
	}

	/**
	 * @return whether the client accepts the content coding {@code gzip}
	 */
	public static boolean acceptsGzip(ServerRequest.Headers headers) {
		return headers.header(HttpHeaders.ACCEPT_ENCODING)
			.stream()
			.flatMap((codings) -> Stream.of(codings.split(",")))
			.anyMatch((coding) -> GZIP.matcher(coding).matches());
	}

	/** The usual case of API clients, which needs no parsing. */
	private static boolean acceptsAnything(ServerRequest.Headers headers) {
		List<String> accept = headers.header(HttpHeaders.ACCEPT);
		return accept.isEmpty() || (accept.size() == 1 && accept.get(0).equals(MediaType.ALL_VALUE));
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

	private record Candidate(MediaType type, @Nullable MediaType range) {

	}

}
