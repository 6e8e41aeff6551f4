/**
 * Live status: streams of the status of an event, of the standings of its users and of
 * its journal, kept current by the changes of this and other processes. Depends on
 * {@code booking}, Reactor and Spring's lifecycle. Its configuration supplies the
 * {@link dev.lastseat.status.ChangeNotifier}, on which
 * {@link dev.lastseat.status.LiveStatus}, {@link dev.lastseat.status.LiveStandings} and
 * {@link dev.lastseat.status.LiveJournal} are built.
 */
@NullMarked
package dev.lastseat.status;

import org.jspecify.annotations.NullMarked;
