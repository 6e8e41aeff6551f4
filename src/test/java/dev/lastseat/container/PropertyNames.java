package dev.lastseat.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.json.JsonMapper;

/**
 * The names of all properties in the configuration metadata of this service and of its
 * libraries.
 */
public final class PropertyNames {

	private PropertyNames() {
	}

	/**
	 * @return the environment variables that do not set a property
	 */
	public static Set<String> unknown(Set<String> variables) {
		Set<String> unknown = new TreeSet<>(variables);
		unknown.removeAll(asEnvironmentVariables());
		return unknown;
	}

	private static Set<String> asEnvironmentVariables() {
		Set<String> names = new TreeSet<>();
		JsonMapper json = new JsonMapper();
		try {
			for (URL metadata : Collections.list(
					PropertyNames.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream in = metadata.openStream()) {
					json.readTree(in)
						.path("properties")
						.valueStream()
						.map((property) -> property.path("name").asString())
						.map((name) -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
						.forEach(names::add);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return names;
	}

}
