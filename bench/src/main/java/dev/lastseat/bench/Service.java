package dev.lastseat.bench;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventRepository;

import org.springframework.context.ApplicationContext;

/**
 * An instance of the service that is measured.
 *
 * @param port its port on this machine
 * @param bookings prepares runs without HTTP
 * @param events reads the stored state
 */
record Service(int port, BookingService bookings, EventRepository events, MongoDatabase database,
		CommandCounter commands) {

	static Service of(ApplicationContext context) {
		return new Service(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
				context.getBean(BookingService.class), context.getBean(EventRepository.class),
				context.getBean(MongoDatabase.class), context.getBean(CommandCounter.class));
	}

}
