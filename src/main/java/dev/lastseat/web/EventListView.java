package dev.lastseat.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of events as clients see it.
 *
 * @param next the cursor of the next page; null on the last
 */
record EventListView(List<EventView> events, @Nullable String next) {
}
