package dev.lastseat.web;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingService;
import dev.lastseat.status.ChangeNotifier;
import dev.lastseat.status.LiveJournal;
import dev.lastseat.status.LiveStandings;
import dev.lastseat.status.LiveStatus;
import dev.lastseat.web.log.AccessLog;
import dev.lastseat.web.log.AccessLogFilter;
import dev.lastseat.web.log.RequestIds;
import dev.lastseat.web.page.ApiDescription;
import dev.lastseat.web.page.ProblemPage;
import dev.lastseat.web.page.SwaggerUi;
import dev.lastseat.web.page.WebPage;
import dev.lastseat.web.problem.ProblemResponder;
import dev.lastseat.web.problem.ProblemWriter;
import dev.lastseat.web.server.ConnectionLimits;
import dev.lastseat.web.server.Drain;
import dev.lastseat.web.server.EventLoopPacers;
import dev.lastseat.web.server.HeapBufferDecorator;
import dev.lastseat.web.server.TimeoutScheduler;
import dev.lastseat.web.stream.LastingBody;
import dev.lastseat.web.stream.LiveFrames;
import dev.lastseat.web.stream.StatusFrame;
import dev.lastseat.web.stream.StatusStreams;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.http.codec.autoconfigure.HttpCodecsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.Ordered;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.HandlerMapping;

/**
 * Configures the routes, the problems, strict JSON and the limits of connections, if
 * there is a web server. Needs beans of the types {@link BookingService},
 * {@link ChangeNotifier}, {@link Clock}, {@link UserGuard} and {@link WebSettings}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class WebConfiguration {

	@Bean
	PathRoutes routes(BookingService service, LiveStatus<StatusFrame> live, StatusStreams streams, UserGuard guard,
			JsonMapper json, ProblemWriter problems, WebSettings settings, HttpCodecsProperties codecs,
			Scheduler timeouts, Clock clock) {
		BodyReader bodies = new BodyReader(maxBody(codecs), json);
		Refusals refusals = new Refusals(service, clock);
		return Routes.of(new EventHandler(service, guard, bodies, json),
				new RegistrationHandler(service, guard, bodies, json, refusals),
				new HoldHandler(service, guard, bodies, json, refusals), new WaitingListHandler(service, guard, json),
				new StandingHandler(service, guard, streams, json), new JournalHandler(service, streams, json),
				new StatusHandler(service, live, streams, json), problems, settings, timeouts)
			.and(Routes.ofWebPages(new ProblemPage(), new WebPage(), new ApiDescription(json), new SwaggerUi()));
	}

	@Bean
	DirectRouting directRouting(PathRoutes routes, ServerCodecConfigurer codecs) {
		return new DirectRouting(routes, codecs);
	}

	@Bean
	AnswerPacers answerPacers(ReactorResourceFactory server) {
		return new EventLoopPacers(server.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE),
				AnswerPacers.of(Schedulers.parallel()));
	}

	@Bean(destroyMethod = "dispose")
	Scheduler timeouts() {
		return new TimeoutScheduler(Schedulers.parallel());
	}

	@Bean
	LiveStatus<StatusFrame> liveStatus(ChangeNotifier notifier, JsonMapper json) {
		return new LiveStatus<>(notifier, (update) -> StatusFrame.of(update, json));
	}

	@Bean
	StatusStreams statusStreams(LiveStatus<StatusFrame> live, ChangeNotifier notifier, BookingService service,
			JsonMapper json, WebSettings settings) {
		LiveFrames frames = new LiveFrames(live, new LiveStandings(notifier, service::displayedStandings),
				new LiveJournal(notifier, service::journal), json);
		return new StatusStreams(frames, settings.maxStreams(), settings.writeTimeout());
	}

	@Bean(destroyMethod = "close")
	AccessLog accessLog(WebSettings settings) {
		return AccessLog.install(settings.accessLog());
	}

	@Bean
	@ConditionalOnProperty(name = "lastseat.web.access-log", havingValue = "all")
	AccessLogFilter accessLogFilter(AccessLog log) {
		return new AccessLogFilter(log);
	}

	@Bean
	ProblemWriter problemWriter(JsonMapper json, AccessLog log) {
		return new ProblemWriter(json, log);
	}

	@Bean
	ProblemResponder problemResponder(ProblemWriter writer, ObjectProvider<HandlerMapping> mappings) {
		return new ProblemResponder(writer, SingletonSupplier.of(() -> mappings.orderedStream().toList()),
				Paths.REGISTRATIONS);
	}

	/**
	 * Removes an error handler of Spring that never answers: the responder handles all
	 * errors before it. Each error handler adds four operators to each request.
	 */
	@Bean
	static BeanDefinitionRegistryPostProcessor withoutResponseStatusHandler() {
		return (registry) -> registry.removeBeanDefinition("responseStatusExceptionHandler");
	}

	@Bean
	ConnectionLimits connectionLimits(WebSettings settings, HttpCodecsProperties codecs, RequestIds ids,
			JsonMapper json) {
		return new ConnectionLimits(new ConnectionLimits.Timeouts(settings.readTimeout(), settings.idleTimeout()),
				maxBody(codecs), ids, json);
	}

	private static int maxBody(HttpCodecsProperties codecs) {
		DataSize maxBody = Objects.requireNonNull(codecs.getMaxInMemorySize(), "set in application.yml");
		return Math.toIntExact(maxBody.toBytes());
	}

	/**
	 * After the access log and the meters, which show a request as it was sent and last
	 * until its end.
	 */
	@Bean
	FilterSequence filtersBeforeSecurity(WebSettings settings) {
		return new FilterSequence(Ordered.HIGHEST_PRECEDENCE + 1,
				List.of(new RequestNormalizer(), new LastingBody(), new ApiCorsFilter(settings.cors())));
	}

	@Bean
	Drain drain(WebSettings settings) {
		return new Drain(settings.drainTime());
	}

	/**
	 * Replaces the lifecycle processor of Spring Boot, which has one timeout for all
	 * phases of a shutdown and would cut the drain time short.
	 */
	@Bean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
	DefaultLifecycleProcessor lifecycleProcessor(LifecycleProperties properties, WebSettings settings) {
		DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
		processor.setTimeoutPerShutdownPhase(properties.getTimeoutPerShutdownPhase().toMillis());
		processor.setTimeoutForShutdownPhase(Drain.PHASE,
				settings.drainTime().plus(properties.getTimeoutPerShutdownPhase()).toMillis());
		return processor;
	}

	@Bean
	HeapBufferDecorator heapBufferDecorator() {
		return new HeapBufferDecorator();
	}

	@Bean
	RequestIds requestIds() {
		return new RequestIds();
	}

	@Bean
	StrictJson strictJson() {
		return new StrictJson();
	}

}
