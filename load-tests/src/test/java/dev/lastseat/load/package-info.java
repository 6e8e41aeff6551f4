/**
 * Load on a running service, and the questions asked of it afterwards. Knows the HTTP
 * contract and nothing of the code behind it.
 */
package dev.lastseat.load;
