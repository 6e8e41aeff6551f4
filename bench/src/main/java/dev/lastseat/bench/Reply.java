package dev.lastseat.bench;

/**
 * What came back of a request.
 *
 * @param body of a refusal or a fault; empty for a success, where nothing reads it
 */
record Reply(int status, String body) {
}
