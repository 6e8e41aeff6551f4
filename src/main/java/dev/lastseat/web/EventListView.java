package dev.lastseat.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a page of events.
 *
 * @param next the cursor of the next page; null on the last page
 */
record EventListView(List<EventView> events, @Nullable String next) {
}
