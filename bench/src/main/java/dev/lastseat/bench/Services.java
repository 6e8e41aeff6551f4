package dev.lastseat.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.stress.ServiceLauncher;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The measured processes. Each starts when a row needs it first. The instances of the
 * service have databases of their own, with an embedded engine of their own each, so that
 * none of them does work of another.
 */
final class Services implements AutoCloseable {

	/** The default of the service. The launcher of commands turns the warm-up off. */
	static final String OWN_WARM_UP = "lastseat.warmup.time=25s";

	private static final String NO_BATCHES = "lastseat.booking.max-batch=1";

	private static final String NO_JOURNAL = "lastseat.booking.journal=false";

	/** The property with the name of the database. */
	static final String DATABASE = "spring.mongodb.database";

	private final Class<?> application;

	private final MeasuredProcess.Settings settings;

	/** The last that was opened is closed first. */
	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	private @Nullable Service batched;

	private @Nullable Service single;

	private @Nullable Service withoutJournal;

	private @Nullable MeasuredProcess bare;

	/**
	 * @param application the Spring Boot application to measure
	 */
	Services(Class<?> application, MeasuredProcess.Settings settings) {
		this.application = application;
		this.settings = settings;
	}

	/** The service with the default settings. */
	Service batched() {
		if (this.batched == null) {
			this.batched = service();
		}
		return this.batched;
	}

	/** The service without batches: it decides one request in each round. */
	Service single() {
		if (this.single == null) {
			this.single = service(NO_BATCHES);
		}
		return this.single;
	}

	/** The service without the journal. */
	Service withoutJournal() {
		if (this.withoutJournal == null) {
			this.withoutJournal = service(NO_JOURNAL);
		}
		return this.withoutJournal;
	}

	/** The {@linkplain BareRoute bare route}. */
	MeasuredProcess bare() {
		if (this.bare == null) {
			this.bare = opened(MeasuredProcess.start(this.settings, BareRoute.class, List.of()));
		}
		return this.bare;
	}

	String jvmOptions() {
		return this.settings.jvmOptions();
	}

	/** Whether the database is the embedded engine. */
	boolean isEmbedded() {
		return batched().process().address().embedded();
	}

	/**
	 * Starts another process with the service, as it starts in production: with its own
	 * warm-up. The caller can close it before the end.
	 */
	MeasuredProcess fresh() {
		return opened(start(OWN_WARM_UP));
	}

	private MeasuredProcess start(String... properties) {
		List<String> args = new ArrayList<>(List.of(this.application.getName()));
		args.addAll(List.of(properties));
		return MeasuredProcess.start(this.settings, MeasuredService.class, args);
	}

	private Service service(String... properties) {
		MeasuredProcess process = opened(start(properties));
		RemoteControl.Address address = process.address();
		ConfigurableApplicationContext here = opened(new ServiceLauncher(this.application).start(
				WebApplicationType.NONE, new ConnectionString(address.uri()), List.of(),
				(starting) -> MeasuredService.prepare(starting, Map.of(DATABASE, address.database()))));
		return new Service(process, here.getBean(BookingService.class), here.getBean(EventRepository.class),
				here.getBean(MongoDatabase.class), MeasuredService.costMeter(here));
	}

	private <T extends AutoCloseable> T opened(T opened) {
		this.open.push(opened);
		return opened;
	}

	@Override
	public void close() {
		for (AutoCloseable opened : this.open) {
			try {
				opened.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
