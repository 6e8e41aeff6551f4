/**
 * Puts load on a running service and checks its state afterwards. Uses the HTTP contract
 * only, and no code of the service.
 */
package dev.lastseat.load;
