/**
 * Live status: a stream of the status of an event, shared by all its subscribers and kept
 * current by the changes of this and other processes. Depends on {@code booking}, Reactor
 * and Spring's lifecycle. Its configuration supplies the
 * {@link dev.lastseat.status.ChangeNotifier}, on which a
 * {@link dev.lastseat.status.LiveStatus} is built.
 */
@NullMarked
package dev.lastseat.status;

import org.jspecify.annotations.NullMarked;
