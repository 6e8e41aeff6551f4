/**
 * Live status: for each event that somebody watches, one stream of how its sale stands,
 * shared by all who watch it; and the sources of change that keep it true. Depends on
 * {@code booking}, Reactor, and Spring's lifecycle; entered through its configuration,
 * which supplies the {@link dev.lastseat.status.ChangeNotifier} that a
 * {@link dev.lastseat.status.LiveStatus} is built on.
 */
@NullMarked
package dev.lastseat.status;

import org.jspecify.annotations.NullMarked;
