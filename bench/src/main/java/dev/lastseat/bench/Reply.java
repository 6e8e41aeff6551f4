package dev.lastseat.bench;

/**
 * The response to a request.
 *
 * @param body the body of an error response; empty for a success, whose body is not read
 */
record Reply(int status, String body) {
}
