package dev.lastseat.load;

import java.util.function.Function;

/**
 * The settings of a run, from system properties. The README lists them.
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
	 * A wrong value fails the run: a default in its place would measure something else.
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
