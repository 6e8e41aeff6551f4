package dev.lastseat.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.lastseat.LastseatApplication;
import dev.lastseat.QuietOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(QuietOutput.class)
class PropertyCheckTest {

	private static List<String> check(boolean variables, Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((source) -> environment.getPropertySources().remove(source.getName()));
		environment.getPropertySources()
			.addFirst(variables ? new SystemEnvironmentPropertySource("test-systemEnvironment", properties)
					: new MapPropertySource("test", properties));
		ConfigurationPropertySources.attach(environment);
		return PropertyCheck.errors(environment);
	}

	@ParameterizedTest
	@CsvSource({ "lastseat.web.request-timout, lastseat.web.request-timeout",
			"lastseat.request-timeout, lastseat.web.request-timeout", "lastseat.web.drain, lastseat.web.drain-time",
			"lastseat.booking.maxbach, lastseat.booking.max-batch",
			"lastseat.booking.segment_sizes, lastseat.booking.segment-size",
			"lastseat.mongo.connect-timeout, lastseat.mongodb.connect-timeout",
			"lastseat.embedded.dir, lastseat.embedded.directory", "spring.mongodb.url, spring.mongodb.uri",
			"spring.mongodb.hosts, spring.mongodb.host", "spring.mongodb.ssl.bundel, spring.mongodb.ssl.bundle" })
	void refusesAnUnknownNameAndSuggestsTheNearest(String name, String nearest) {
		assertThat(check(false, Map.of(name, "5s")))
			.containsExactly(name + " is not a property. Did you mean " + nearest + "?");
	}

	@ParameterizedTest
	@CsvSource({ "LASTSEAT_WEB_REQUEST_TIMOUT, lastseat.web.request-timeout",
			"LASTSEAT_EMBEDDED_DIR, lastseat.embedded.directory", "lastseat_web_drain, lastseat.web.drain-time",
			"SPRING_MONGODB_URL, spring.mongodb.uri" })
	void refusesAnEnvironmentVariableWithAnUnknownName(String name, String nearest) {
		assertThat(check(true, Map.of(name, "5s")))
			.containsExactly(name + " is not a property. Did you mean " + nearest + "?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lastseat.web.request-timeout", "lastseat.web.requestTimeout",
			"lastseat.web.request_timeout", "LASTSEAT.WEB.REQUEST-TIMEOUT", "lastseat.security.mode",
			"spring.mongodb.ssl.enabled", "spring.mongodb.additional-hosts[0]",
			"spring.data.mongodb.field-naming-strategy", "lastseats.web", "server.port" })
	void acceptsEverySpellingThatIsBoundAndOtherPrefixes(String name) {
		assertThat(check(false, Map.of(name, "5s"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "LASTSEAT_WEB_REQUESTTIMEOUT", "LASTSEAT_WEB_REQUEST_TIMEOUT", "LASTSEAT_SECURITY_MODE",
			"lastseat_security_mode", "SPRING_MONGODB_ADDITIONALHOSTS_0", "LASTSEAT_TEST_MONGODB_URI",
			"LASTSEAT_CHROMIUM", "LASTSEAT_SERVICE_HOST", "LASTSEAT_SERVICE_PORT_HTTP", "LASTSEAT_PORT",
			"LASTSEAT_PORT_8080_TCP_ADDR", "LASTSEAT_MONGODB_PORT_27017_TCP", "LASTSEAT_MONGODB_SERVICE_HOST" })
	void acceptsEnvironmentVariablesOfSpringOfTestsAndOfKubernetes(String name) {
		assertThat(check(true, Map.of(name, "5s"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "spring.data.mongodb.uri, spring.mongodb.uri", "spring.data.mongodb.host, spring.mongodb.host",
			"spring.data.mongodb.replica-set-name, spring.mongodb.replica-set-name" })
	void refusesNamesOfOlderVersionsOfSpringBoot(String name, String renamed) {
		assertThat(check(false, Map.of(name, "mongodb://db")))
			.containsExactly(name + " is not read any more. Its new name is " + renamed + ".");
	}

	@Test
	void refusesAnOldNameInAnEnvironmentVariable() {
		assertThat(check(true, Map.of("SPRING_DATA_MONGODB_URI", "mongodb://db")))
			.containsExactly("SPRING_DATA_MONGODB_URI is not read any more. Its new name is spring.mongodb.uri.");
	}

	static Stream<String> namesThatNeedAValue() {
		return Stream.of("spring.mongodb.uri", "spring.mongodb.host", "spring.mongodb.database",
				"lastseat.security.mode", "lastseat.web.request-timeout", "lastseat.embedded.directory",
				"lastseat.booking.max-batch");
	}

	@ParameterizedTest
	@MethodSource("namesThatNeedAValue")
	void refusesAPropertyWithoutAValue(String name) {
		assertThat(check(false, Map.of(name, ""))).containsExactly(name + " has no value.");
		assertThat(check(false, Map.of(name, "${NOWHERE:}"))).containsExactly(name + " has no value.");
		assertThat(check(true, Map.of(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), " ")))
			.containsExactly(name + " has no value.");
	}

	@Test
	void checksTheValueThatHasPrecedence() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of("SPRING_MONGODB_URI", "")));
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("spring.mongodb.uri", "mongodb://db")));
		ConfigurationPropertySources.attach(environment);

		assertThat(PropertyCheck.errors(environment)).isEmpty();
	}

	@Test
	void refusesAConnectionStringOptionThatTheDriverWouldIgnore() {
		assertThat(check(false,
				Map.of("spring.mongodb.uri",
						"mongodb://user:secret@db/lastseat?retryWrites=true&timeoutMs=5&readPreferense=primary")))
			.containsExactly("The connection string in spring.mongodb.uri has the option readPreferense, "
					+ "which the MongoDB driver does not know.");
	}

	/** Reports unknown names and invalid values. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--spring.mongodb.uri= | spring.mongodb.uri has no value.",
					"--spring.data.mongodb.uri=mongodb://db | Its new name is spring.mongodb.uri.",
					"--lastseat.web.request-timout=5s | Did you mean lastseat.web.request-timeout?",
					"--lastseat.booking.max-wait=-2s | lastseat.booking.max-wait must be at least 1ms",
					"--lastseat.booking.round-timeout=0s | lastseat.booking.round-timeout must be at least 1ms",
					"--lastseat.booking.max-batch=0 | lastseat.booking.max-batch must be at least 1",
					"--lastseat.booking.max-batch=1000000 | lastseat.booking.max-batch must be at most 10000",
					"--lastseat.booking.max-waiting=0 | lastseat.booking.max-waiting must be at least 1",
					"--lastseat.booking.max-waiting-per-event=0 | max-waiting-per-event must be at least 1",
					"--lastseat.booking.segment-size=1000000 | lastseat.booking.segment-size must be 1 to 15000",
					"--lastseat.booking.max-holds=0 | lastseat.booking.max-holds must be 1 to 25000",
					"--lastseat.booking.max-holds=25001 | lastseat.booking.max-holds must be 1 to 25000",
					"--lastseat.booking.max-hold=1 | Did you mean lastseat.booking.max-holds?",
					"--lastseat.booking.expiry-interval=99ms | lastseat.booking.expiry-interval must be at least 100ms",
					"--lastseat.booking.expiry-interval=-1s | lastseat.booking.expiry-interval must be at least 100ms",
					"--lastseat.booking.segment-size=many | Property: lastseat.booking.segment-size",
					"--lastseat.mongodb.connect-timeout=30d | lastseat.mongodb.connect-timeout must be at least 1ms",
					"--lastseat.web.max-streams=-1 | lastseat.web.max-streams must not be negative",
					"--lastseat.embedded.storage=disk | The following values are valid",
					"--spring.mongodb.uri=mongodb://db?connectTimeoutMS=soon | Correct spring.mongodb.uri",
					"--spring.mongodb.uri=bogus | Correct spring.mongodb.uri",
					"--spring.mongodb.uri=mongodb://db/?w=3&fast=true | has the option fast"

			})

	void reportsEachErrorAtTheStartWithoutAStackTrace(String argument, String sentence, CapturedOutput output) {
		SpringApplication application = new SpringApplication(LastseatApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);

		assertThatException().isThrownBy(() -> application.run("--lastseat.embedded.storage=memory", argument));

		assertThat(output).contains("APPLICATION FAILED TO START", "Action:", sentence).doesNotContain("\tat ");
	}

}
