package dev.lastseat.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The web pages of other origins that may call the API.
 *
 * @param allowedOrigins the origins as a browser sends them, like {@code
 * https://tickets.example.org}: scheme, host, and the port unless it is the default of
 * the scheme; or a single {@code *} for any origin. Empty: only the web page of this
 * service
 */
public record CorsSettings(@DefaultValue List<String> allowedOrigins) {

	private static final String ANY = "*";

	private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

	public CorsSettings {
		allowedOrigins = List.copyOf(allowedOrigins);
		if (!allowedOrigins.equals(List.of(ANY))) {
			allowedOrigins.forEach(CorsSettings::requireOrigin);
		}
	}

	/**
	 * A browser sends its origin in this form only. An origin in another form would never
	 * match.
	 */
	private static void requireOrigin(String origin) {
		if (!isOrigin(origin)) {
			throw new IllegalArgumentException("lastseat.web.cors.allowed-origins has '" + origin
					+ "', which is no origin: write scheme, host and, unless it is the default, port, "
					+ "like https://tickets.example.org, without a path or a slash at the end, or * alone");
		}
	}

	private static boolean isOrigin(String text) {
		try {
			URI uri = new URI(text);
			return uri.getScheme() != null && uri.getHost() != null && text.equals(origin(uri))
					&& !Integer.valueOf(uri.getPort()).equals(DEFAULT_PORTS.get(uri.getScheme()));
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private static String origin(URI uri) {
		String origin = uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() >= 0) ? ":" + uri.getPort() : "");
		return origin.toLowerCase(Locale.ROOT);
	}

}
