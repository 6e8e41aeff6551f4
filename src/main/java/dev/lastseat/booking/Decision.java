package dev.lastseat.booking;

/**
 * The outcome of one request in a batch. A batch contains no two equal requests.
 *
 * @param outcome of the type that belongs to the request
 */
public record Decision(Request request, Outcome outcome) {

}
