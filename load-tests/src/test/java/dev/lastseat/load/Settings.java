package dev.lastseat.load;

import java.util.function.Function;

/**
 * What a run may be told by system properties. The README lists them.
 */
final class Settings {

	private Settings() {
	}

	static String baseUrl() {
		return System.getProperty("baseUrl", "http://127.0.0.1:8080");
	}

	static int number(String name, int fallback) {
		return read(name, fallback, Integer::valueOf);
	}

	static double decimal(String name, double fallback) {
		return read(name, fallback, Double::valueOf);
	}

	/**
	 * A property that cannot be read must not quietly become another run.
	 */
	private static <T> T read(String name, T fallback, Function<String, T> reader) {
		String value = System.getProperty(name);
		try {
			return (value != null) ? reader.apply(value) : fallback;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("-D%s=%s is not a number".formatted(name, value), ex);
		}
	}

}
