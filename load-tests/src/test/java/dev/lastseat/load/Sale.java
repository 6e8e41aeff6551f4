package dev.lastseat.load;

/**
 * An event that was created for the load, with what is known of it without asking again.
 *
 * @param event its id
 * @param capacity the seats that were asked for
 * @param answers what its clients are told
 */
record Sale(String title, String event, int capacity, Answers answers) {

	static Sale open(Service service, String title, int capacity) {
		return new Sale(title, service.create(title, capacity), capacity, new Answers());
	}

}
