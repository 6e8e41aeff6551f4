package dev.lastseat.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.lastseat.mongo.UriOptions;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

/**
 * Fails the start when a property would be ignored: a property with an unknown name or
 * without a value, or a connection string with an unknown option. Checks
 * {@code lastseat.*} and {@code spring.mongodb.*} in every property source. Registered in
 * {@code META-INF/spring.factories}, so it runs before any bean is created, for the
 * service and for commands.
 */
final class PropertyCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String URI = "spring.mongodb.uri";

	private static final List<KnownProperties> KNOWN = List.of(
			new KnownProperties("lastseat", LastseatProperties.class),
			new KnownProperties("spring.mongodb", MongoProperties.class));

	/** The prefix before Spring Boot 4. Spring Boot 4 does not read it. */
	private static final String OLD_PREFIX = "spring.data.mongodb.";

	/** The names that the tests of this project use. The service does not read them. */
	private static final Pattern TEST_VARIABLES = Pattern.compile("LASTSEAT_(TEST_\\w+|CHROMIUM)");

	/**
	 * Environment variables that Kubernetes sets for each service of the namespace whose
	 * name begins with {@code lastseat}.
	 */
	private static final Pattern KUBERNETES_VARIABLES = Pattern.compile("LASTSEAT_(\\w+_)?"
			+ "(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		List<String> errors = errors(context.getEnvironment());
		if (!errors.isEmpty()) {
			throw new InvalidPropertiesException(errors);
		}
	}

	/**
	 * @return one message for each invalid property. It never has the value, which may be
	 * secret
	 */
	static List<String> errors(ConfigurableEnvironment environment) {
		List<String> errors = new ArrayList<>();
		Set<String> present = new TreeSet<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> names) {
				for (String name : names.getPropertyNames()) {
					check(name, source instanceof SystemEnvironmentPropertySource, present).ifPresent(errors::add);
				}
			}
		}
		present.stream()
			.filter((name) -> !StringUtils.hasText(environment.getProperty(name, "")))
			.map((name) -> name + " has no value.")
			.forEach(errors::add);
		String uri = environment.getProperty(URI, "");
		UriOptions.unknown(uri)
			.stream()
			.map((option) -> String.format(Locale.ROOT,
					"The connection string in %s has the option %s, which the MongoDB driver does not know.", URI,
					option))
			.forEach(errors::add);
		return errors.stream().distinct().toList();
	}

	/**
	 * @param present collects the known properties that need a value
	 */
	private static Optional<String> check(String name, boolean variable, Set<String> present) {
		if (TEST_VARIABLES.matcher(name).matches() || (variable && KUBERNETES_VARIABLES.matcher(name).matches())) {
			return Optional.empty();
		}
		ConfigurationPropertyName property = ConfigurationPropertyName
			.adapt(variable ? name.toLowerCase(Locale.ROOT).replace('_', '.') : name, '.');
		if (property.toString().startsWith(OLD_PREFIX)) {
			return checkOld(name, property);
		}
		for (KnownProperties known : KNOWN) {
			if (known.owns(property)) {
				Optional<String> found = variable ? known.find(name).or(() -> known.find(property))
						: known.find(property);
				found.filter((one) -> !known.isList(one)).ifPresent(present::add);
				return found.isPresent() ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
						"%s is not a property. Did you mean %s?", name, known.nearest(property)));
			}
		}
		return Optional.empty();
	}

	/**
	 * Reports only properties that were renamed: Spring Boot still reads others with the
	 * old prefix.
	 */
	private static Optional<String> checkOld(String name, ConfigurationPropertyName property) {
		String renamed = property.toString().replaceFirst("data\\.", "");
		return KNOWN.stream()
			.flatMap((known) -> known.find(ConfigurationPropertyName.of(renamed)).stream())
			.map((newName) -> String.format(Locale.ROOT, "%s is not read any more. Its new name is %s.", name, newName))
			.findFirst();
	}

}
