package dev.lastseat.booking;

import java.util.Map;

/**
 * What an event is to some users, at one moment.
 *
 * @param revision the revision of the event at that moment
 * @param byUser the standing of each user that was asked for
 */
public record DisplayedStandings(long revision, Map<UserId, Standing> byUser) {

}
