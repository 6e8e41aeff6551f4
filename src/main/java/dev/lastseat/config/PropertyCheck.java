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
 * Refuses a start with properties that would be ignored: because of a wrong name, or
 * without a value. Covers {@code lastseat.*} and {@code spring.mongodb.*} in every
 * property source. Found by Spring Boot through {@code META-INF/spring.factories}: so it
 * comes before any bean, for the service and for commands.
 */
final class PropertyCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String URI = "spring.mongodb.uri";

	private static final List<KnownProperties> KNOWN = List.of(
			new KnownProperties("lastseat", LastseatProperties.class),
			new KnownProperties("spring.mongodb", MongoProperties.class));

	/** The prefix before Spring Boot 4, which does not read it any more. */
	private static final String OLD_PREFIX = "spring.data.mongodb.";

	private static final Pattern OF_TESTS = Pattern.compile("LASTSEAT_(TEST_\\w+|CHROMIUM)|lastseat\\.(test\\..+|jar)");

	/**
	 * What Kubernetes sets for every service in the namespace whose name begins with
	 * {@code lastseat}.
	 */
	private static final Pattern OF_KUBERNETES = Pattern.compile("LASTSEAT_(\\w+_)?"
			+ "(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		List<String> refusals = refusals(context.getEnvironment());
		if (!refusals.isEmpty()) {
			throw new RefusedPropertiesException(refusals);
		}
	}

	/**
	 * @return a sentence for each property that is refused, without its value
	 */
	static List<String> refusals(ConfigurableEnvironment environment) {
		List<String> refusals = new ArrayList<>();
		Set<String> used = new TreeSet<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> names) {
				for (String name : names.getPropertyNames()) {
					check(name, source instanceof SystemEnvironmentPropertySource, used).ifPresent(refusals::add);
				}
			}
		}
		used.stream()
			.filter((name) -> !StringUtils.hasText(environment.getProperty(name, "")))
			.map((name) -> name + " has no value.")
			.forEach(refusals::add);
		String uri = environment.getProperty(URI, "");
		UriOptions.unknown(uri)
			.stream()
			.map((option) -> String.format(Locale.ROOT,
					"The connection string in %s has the option %s, which the driver does not know.", URI, option))
			.forEach(refusals::add);
		return refusals.stream().distinct().toList();
	}

	/**
	 * @param used takes the names of properties that need a value
	 */
	private static Optional<String> check(String name, boolean variable, Set<String> used) {
		if (OF_TESTS.matcher(name).matches() || (variable && OF_KUBERNETES.matcher(name).matches())) {
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
				found.filter((one) -> !known.isList(one)).ifPresent(used::add);
				return found.isPresent() ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
						"%s is not a property. Did you mean %s?", name, known.nearest(property)));
			}
		}
		return Optional.empty();
	}

	/** Spring Boot has properties below the old prefix that are none of these. */
	private static Optional<String> checkOld(String name, ConfigurationPropertyName property) {
		String renamed = property.toString().replaceFirst("data\\.", "");
		return KNOWN.stream()
			.flatMap((known) -> known.find(ConfigurationPropertyName.of(renamed)).stream())
			.map((right) -> String.format(Locale.ROOT, "%s is not read. Its name is %s.", name, right))
			.findFirst();
	}

}
