package dev.lastseat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.queue.EventQueues;
import dev.lastseat.embedded.EmbeddedSettings;
import dev.lastseat.history.Action;
import dev.lastseat.history.Answer;
import dev.lastseat.history.Details;
import dev.lastseat.history.History;
import dev.lastseat.history.HistoryFile;
import dev.lastseat.history.Change;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.Operation;
import dev.lastseat.history.Recorder;
import dev.lastseat.history.Sale;
import dev.lastseat.history.UnreadableHistoryException;
import dev.lastseat.mongo.EventDocument;
import dev.lastseat.mongo.FailureLog;
import dev.lastseat.mongo.SaleSettings;
import dev.lastseat.mongo.MongoCollections;
import dev.lastseat.mongo.MongoTimeouts;
import dev.lastseat.mongo.StorageErrors;
import dev.lastseat.mongo.UriOptions;
import dev.lastseat.mongo.segments.SegmentSize;
import dev.lastseat.security.Callers;
import dev.lastseat.security.SecuritySettings;
import dev.lastseat.status.ChangeNotifier;
import dev.lastseat.status.JournalUpdate;
import dev.lastseat.status.LiveJournal;
import dev.lastseat.status.LiveStandings;
import dev.lastseat.status.LiveStatus;
import dev.lastseat.status.StandingUpdate;
import dev.lastseat.status.StatusUpdate;
import dev.lastseat.stress.CommandRunner;
import dev.lastseat.stress.Commands;
import dev.lastseat.stress.CheckReport;
import dev.lastseat.stress.OptionBounds;
import dev.lastseat.stress.ServerOption;
import dev.lastseat.stress.ServiceLauncher;
import dev.lastseat.warmup.WarmupSettings;
import dev.lastseat.web.CorsSettings;
import dev.lastseat.web.UserGuard;
import dev.lastseat.web.WebSettings;
import dev.lastseat.web.log.AccessLog;
import dev.lastseat.web.log.AccessLogFilter;
import dev.lastseat.web.log.LoggedRequests;
import dev.lastseat.web.log.RequestIds;
import dev.lastseat.web.page.ApiDescription;
import dev.lastseat.web.page.ContentNegotiation;
import dev.lastseat.web.page.ProblemCodeView;
import dev.lastseat.web.page.ProblemPage;
import dev.lastseat.web.page.SwaggerUi;
import dev.lastseat.web.page.WebPage;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.ProblemResponder;
import dev.lastseat.web.problem.ProblemView;
import dev.lastseat.web.problem.ProblemWriter;
import dev.lastseat.web.problem.Problems;
import dev.lastseat.web.server.ConnectionLimits;
import dev.lastseat.web.server.DefaultHeaders;
import dev.lastseat.web.server.Drain;
import dev.lastseat.web.server.EventLoopPacers;
import dev.lastseat.web.server.HeapBufferDecorator;
import dev.lastseat.web.server.TimeoutScheduler;
import dev.lastseat.web.stream.JournalEntryView;
import dev.lastseat.web.stream.LastingBody;
import dev.lastseat.web.stream.LiveFrames;
import dev.lastseat.web.stream.StandingView;
import dev.lastseat.web.stream.StatusFrame;
import dev.lastseat.web.stream.StatusStreams;
import dev.lastseat.web.stream.StatusView;
import dev.lastseat.web.stream.Watched;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The allowed dependencies between packages. Package names come from classes of the
 * package, and a rule that matches no class fails, so that no rule passes by accident.
 */
class ArchitectureTest {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackagesOf(LastseatApplication.class);

	private static final String ROOT = LastseatApplication.class.getPackageName();

	private static final String BOOKING = EventRepository.class.getPackageName();

	private static final String QUEUE = EventQueues.class.getPackageName();

	private static final String MONGO = MongoTimeouts.class.getPackageName();

	private static final String SEGMENTS = SegmentSize.class.getPackageName();

	private static final String EMBEDDED = EmbeddedSettings.class.getPackageName();

	private static final String HISTORY = History.class.getPackageName();

	private static final String STATUS = LiveStatus.class.getPackageName();

	private static final String WEB = WebSettings.class.getPackageName();

	private static final String WEB_LOG = AccessLog.class.getPackageName();

	private static final String WEB_PROBLEM = ProblemCode.class.getPackageName();

	private static final String WEB_PAGE = WebPage.class.getPackageName();

	private static final String WEB_STREAM = StatusStreams.class.getPackageName();

	private static final String WEB_SERVER = ConnectionLimits.class.getPackageName();

	/** Written as text, because all its classes are package-private. */
	private static final String WEB_METRICS = WEB + ".metrics";

	/** The packages below {@code web}, each with the other ones that it may use. */
	private static final Map<String, Set<String>> WEB_PACKAGES = Map.of(WEB_LOG, Set.of(), WEB_PROBLEM, Set.of(WEB_LOG),
			WEB_PAGE, Set.of(WEB_PROBLEM), WEB_STREAM, Set.of(WEB_PROBLEM), WEB_SERVER, Set.of(WEB_PROBLEM, WEB_LOG),
			WEB_METRICS, Set.of(WEB_PROBLEM, WEB_LOG));

	private static final String SECURITY = SecuritySettings.class.getPackageName();

	private static final String STRESS = Commands.class.getPackageName();

	private static final String WARMUP = WarmupSettings.class.getPackageName();

	/** Written as text, because all its classes are package-private. */
	private static final String METRICS = ROOT + ".metrics";

	/** Written as text, because all its classes are package-private. */
	private static final String CONFIG = ROOT + ".config";

	private static final List<String> NEIGHBOURS = List.of(MONGO, SEGMENTS, EMBEDDED, STATUS, SECURITY, WEB, WEB_LOG,
			WEB_PROBLEM, WEB_PAGE, WEB_STREAM, WEB_SERVER, WEB_METRICS, HISTORY, STRESS, METRICS, WARMUP);

	static Stream<String> neighbours() {
		return NEIGHBOURS.stream();
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(false).check(CLASSES);
	}

	@Test
	void namesEveryPackage() {
		Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

		assertThat(packages).containsExactlyInAnyOrder(ROOT, BOOKING, QUEUE, MONGO, SEGMENTS, EMBEDDED, STATUS,
				SECURITY, WEB, WEB_LOG, WEB_PROBLEM, WEB_PAGE, WEB_STREAM, WEB_SERVER, WEB_METRICS, HISTORY, STRESS,
				METRICS, CONFIG, WARMUP);
	}

	@Test
	void theCoreDependsOnJavaReactorAndJSpecifyOnly() {
		check(classes().that()
			.resideInAnyPackage(BOOKING, QUEUE)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(BOOKING, QUEUE, "java..", "reactor..", "org.reactivestreams",
					NullMarked.class.getPackageName()));
	}

	/**
	 * Only {@link BookingService} uses the queue. The queue uses the ports and their
	 * types.
	 */
	@Test
	void onlyTheCoreUsesTheQueue() {
		check(noClasses().that()
			.resideOutsideOfPackage(QUEUE)
			.and()
			.doNotHaveFullyQualifiedName(BookingService.class.getName())
			.should()
			.dependOnClassesThat()
			.resideInAPackage(QUEUE));
		check(noClasses().that()
			.resideInAPackage(QUEUE)
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName(BookingService.class.getName()));
	}

	/**
	 * Sealed segments use the documents, the collections and the translation of errors.
	 * They do not use the repository.
	 */
	@Test
	void onlyTheStorageUsesSealedSegments() {
		check(noClasses().that()
			.resideOutsideOfPackages(MONGO, SEGMENTS, CONFIG)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(SEGMENTS));
		Set<String> used = Set.of(EventDocument.class.getName(), MongoCollections.class.getName(),
				StorageErrors.class.getName(), FailureLog.class.getName());
		check(noClasses().that()
			.resideInAPackage(SEGMENTS)
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("are internal to the storage",
					(type) -> type.getPackageName().equals(MONGO) && !used.contains(type.getName()))));
	}

	@Test
	void liveStatusDependsOnTheCoreAndSpringsLifecycleOnly() {
		check(classes().that()
			.resideInAPackage(STATUS)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(STATUS, BOOKING, "java..", "reactor..", Subscription.class.getPackageName(),
					"org.slf4j", NullMarked.class.getPackageName(), "org.springframework.context.."));
	}

	@Test
	void historyDependsOnTheCoreReactorAndJacksonOnly() {
		check(classes().that()
			.resideInAPackage(HISTORY)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(HISTORY, BOOKING, "java..", Mono.class.getPackageName(),
					NullMarked.class.getPackageName(), "tools.jackson..", "com.fasterxml.jackson.annotation"));
	}

	/**
	 * There are three exceptions. {@code mongo} and {@code segments} are one storage,
	 * {@code web} shows live status, and {@code stress} checks histories.
	 */
	@ParameterizedTest
	@MethodSource("neighbours")
	void neighboursDoNotDependOnEachOther(String neighbour) {
		String[] others = NEIGHBOURS.stream()
			.filter((other) -> !other.equals(neighbour))
			.filter((other) -> !(Set.of(MONGO, SEGMENTS).equals(Set.of(neighbour, other))))
			.filter((other) -> !(Set.of(WEB, WEB_STREAM).contains(neighbour) && other.equals(STATUS)))
			.filter((other) -> !(neighbour.equals(WEB) && WEB_PACKAGES.containsKey(other)))
			.filter((other) -> !WEB_PACKAGES.getOrDefault(neighbour, Set.of()).contains(other))
			.filter((other) -> !(neighbour.equals(STRESS) && other.equals(HISTORY)))
			.toArray(String[]::new);

		check(noClasses().that().resideInAPackage(neighbour).should().dependOnClassesThat().resideInAnyPackage(others));
	}

	@Test
	void thePackagesOfTheWebAreUsedByTheWebOnly() {
		String[] web = Stream.concat(Stream.of(WEB), WEB_PACKAGES.keySet().stream()).toArray(String[]::new);

		check(noClasses().that()
			.resideOutsideOfPackages(web)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(WEB_PACKAGES.keySet().toArray(String[]::new)));
	}

	@Test
	void noPackageDependsOnTheConfiguration() {
		check(noClasses().that()
			.resideOutsideOfPackage(CONFIG)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(CONFIG));
	}

	@Test
	void onlyTheStorageUsesTheDriver() {
		check(noClasses().that()
			.resideInAnyPackage(BOOKING, QUEUE, STATUS, SECURITY, WEB + "..", HISTORY, METRICS, CONFIG, WARMUP, ROOT)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.mongodb..", "org.bson.."));
	}

	/** The warm-up creates event loops, which are a class of Spring's HTTP package. */
	@Test
	void onlyWebSecurityAndTheWarmupUseHttp() {
		check(noClasses().that()
			.resideOutsideOfPackages(WEB + "..", SECURITY, WARMUP)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.web..", "org.springframework.http.."));
	}

	@Test
	void onlyMetricsUsesMeters() {
		check(noClasses().that()
			.resideOutsideOfPackages(METRICS, WEB_METRICS)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer.core.."));
	}

	@Test
	void onlyTypesThatTheWiringAndTheBenchmarkNeedArePublicOutsideTheCore() {
		Set<String> open = CLASSES.stream()
			.filter((type) -> !Set.of(BOOKING, QUEUE, SEGMENTS).contains(type.getPackageName())
					&& !type.isMemberClass())
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
		Set<Class<?>> forTheBenchmark = Set.of(
				// starts the service on a database that is dropped afterwards
				ServiceLauncher.class,
				// the same option --spring.mongodb.uri, and the same texts for wrong
				// values
				ServerOption.class, OptionBounds.class,
				// the same handling of output and failures
				CommandRunner.class,
				// prints why a history is not linearizable
				CheckReport.class);
		Set<Class<?>> forTheWiring = Set.of(LastseatApplication.class, MongoTimeouts.class, UriOptions.class,
				EventDocument.class, MongoCollections.class, StorageErrors.class, FailureLog.class,
				EmbeddedSettings.class, WebSettings.class, CorsSettings.class, UserGuard.class, AccessLog.class,
				AccessLogFilter.class, LoggedRequests.class, RequestIds.class, ApiDescription.class,
				ContentNegotiation.class, ProblemPage.class, ProblemCodeView.class, SwaggerUi.class, WebPage.class,
				ProblemCode.class, ProblemException.class, ProblemResponder.class, ProblemView.class,
				ProblemWriter.class, Problems.class, ConnectionLimits.class, DefaultHeaders.class, Drain.class,
				EventLoopPacers.class, HeapBufferDecorator.class, TimeoutScheduler.class, LastingBody.class,
				StatusFrame.class, StatusStreams.class, StatusView.class, Watched.class, LiveFrames.class,
				StandingView.class, JournalEntryView.class, LiveStandings.class, StandingUpdate.class,
				LiveJournal.class, JournalUpdate.class, SecuritySettings.class, Callers.class, Commands.class,
				LiveStatus.class, StatusUpdate.class, ChangeNotifier.class, Action.class, Answer.class, Operation.class,
				History.class, HistoryFile.class, UnreadableHistoryException.class, Recorder.class, CheckResult.class,
				WarmupSettings.class, SaleSettings.class, Details.class, Sale.class, Change.class);

		assertThat(open).containsExactlyInAnyOrderElementsOf(
				Stream.of(forTheWiring, forTheBenchmark).flatMap(Set::stream).map(Class::getName).toList());
	}

	@Test
	void everyPackageIsNullMarked() {
		List<String> unmarked = CLASSES.stream()
			.map(JavaClass::getPackage)
			.distinct()
			.filter((home) -> !home.isAnnotatedWith(NullMarked.class))
			.map((home) -> home.getName())
			.toList();

		assertThat(unmarked).isEmpty();
	}

	/** A class that subscribes must also be able to cancel its subscriptions. */
	@Test
	void onlyClassesWithALifecycleSubscribe() {
		check(noClasses().that()
			.areNotAssignableTo(SmartLifecycle.class)
			.and()
			.areNotAssignableTo(Disposable.class)
			.and()
			.areNotAssignableTo(Subscription.class)
			.should()
			.callMethodWhere(
					DescribedPredicate.describe("subscribes", (call) -> call.getTarget().getName().equals("subscribe")
							&& call.getTargetOwner().getPackageName().equals(Mono.class.getPackageName()))));
	}

	/**
	 * In some locales, numbers have other digits and letters other cases. Programs that
	 * read the output of the service do not expect that.
	 */
	@Test
	void noTextDependsOnTheDefaultLocale() {
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

	@Test
	void noCodeBlocksOrSleeps() {
		check(noClasses().should()
			.callMethodWhere(DescribedPredicate.describe("blocks",
					(call) -> (Arrays
						.asList("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream")
						.contains(call.getTarget().getName())
							&& call.getTargetOwner().getPackageName().equals(Mono.class.getPackageName()))
							|| (call.getTarget().getName().equals("sleep")
									&& call.getTargetOwner().isEquivalentTo(Thread.class)))));
	}

}
