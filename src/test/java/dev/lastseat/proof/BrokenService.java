package dev.lastseat.proof;

import dev.lastseat.LastseatApplication;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.mongo.Repositories;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;

/**
 * The service with a deliberate bug that no run without faults shows: it answers that a
 * hold was made although the storage failed to make it.
 */
final class BrokenService {

	private BrokenService() {
	}

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(LastseatApplication.class);
		application.setMainApplicationClass(LastseatApplication.class);
		application.addInitializers((context) -> context.getBeanFactory().addBeanPostProcessor(new Bug()));
		application.run(args);
	}

	private static final class Bug implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof EventRepository repository) ? Repositories.reportingFailedHoldsAsMade(repository)
					: bean;
		}

	}

}
