package dev.lastseat.bench;

import java.util.Locale;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.lastseat.LastseatApplication;
import dev.lastseat.booking.BookingService;
import dev.lastseat.history.History;
import dev.lastseat.stress.CommandRunner;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dependencies of the benchmark. The service cannot depend on it, because the service
 * is compiled without it.
 */
class ArchitectureTest {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackagesOf(Bench.class);

	private static final String ROOT = LastseatApplication.class.getPackageName();

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(false).check(CLASSES);
	}

	@Test
	void dependsOnlyOnTheCoreTheHistoryAndTheCommandsOfTheService() {
		Set<String> used = Set.of(Bench.class.getPackageName(), BookingService.class.getPackageName(),
				History.class.getPackageName(), CommandRunner.class.getPackageName());

		check(noClasses().should()
			.dependOnClassesThat(DescribedPredicate.describe("are of another package of the service",
					(JavaClass type) -> (type.getPackageName() + ".").startsWith(ROOT + ".")
							&& !used.contains(type.getPackageName())
							&& !type.isEquivalentTo(LastseatApplication.class))));
	}

	@Test
	void isNullMarked() {
		assertThat(CLASSES.get(Bench.class).getPackage().isAnnotatedWith(NullMarked.class)).isTrue();
	}

	@Test
	void neverBlocksSleepsOrSubscribes() {
		Set<String> blocking = Set.of("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream",
				"subscribe");

		check(noClasses().should()
			.callMethodWhere(DescribedPredicate.describe("blocks",
					(call) -> (blocking.contains(call.getTarget().getName())
							&& call.getTargetOwner().getPackageName().equals(Mono.class.getPackageName()))
							|| (call.getTarget().getName().equals("sleep")
									&& call.getTargetOwner().isEquivalentTo(Thread.class)))));
	}

	@Test
	void formatsWithAnExplicitLocale() {
		Set<String> formats = Set.of("format", "formatted", "printf", "toLowerCase", "toUpperCase");

		check(noClasses().should()
			.callMethodWhere(DescribedPredicate.describe("take the default locale",
					(call) -> formats.contains(call.getTarget().getName())
							&& call.getTarget()
								.getRawParameterTypes()
								.stream()
								.noneMatch((type) -> type.isEquivalentTo(Locale.class))
							&& call.getTargetOwner().getPackageName().matches("java\\.(lang|io)"))));
	}

}
