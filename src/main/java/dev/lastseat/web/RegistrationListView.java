package dev.lastseat.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of an event's registrations as clients see it.
 *
 * @param next the cursor of the next page; null on the last
 */
record RegistrationListView(List<String> userIds, @Nullable String next) {
}
