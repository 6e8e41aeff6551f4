package dev.lastseat.load;

/**
 * The numbers of an event, as the service shows them.
 */
record EventState(int capacity, int ticketsSold, int remaining, long revision) {
}
