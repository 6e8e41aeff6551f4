package dev.lastseat.bench;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventRepository;

import org.springframework.context.ApplicationContext;

/**
 * An application that is measured.
 *
 * @param port where it listens, on this machine
 * @param bookings to prepare a run, beside HTTP
 * @param events to read what is stored in the end
 */
record Service(int port, BookingService bookings, EventRepository events, MongoDatabase database,
		CommandCounter commands) {

	static Service of(ApplicationContext context) {
		return new Service(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
				context.getBean(BookingService.class), context.getBean(EventRepository.class),
				context.getBean(MongoDatabase.class), context.getBean(CommandCounter.class));
	}

}
