package dev.lastseat.load;

/**
 * The sale of an event that was created for the load.
 *
 * @param event the id of the event
 * @param capacity the requested number of seats
 * @param answers the answers to its clients
 */
record Sale(String title, String event, int capacity, Answers answers) {

	static Sale open(Service service, String title, int capacity) {
		return new Sale(title, service.create(title, capacity), capacity, new Answers());
	}

}
