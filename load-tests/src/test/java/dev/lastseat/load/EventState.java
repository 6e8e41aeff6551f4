package dev.lastseat.load;

/**
 * The numbers of an event in an answer of the service.
 */
record EventState(int capacity, int ticketsSold, int remaining, long revision) {
}
