package dev.lastseat.web;

import java.util.List;

/**
 * A list of events as clients see it.
 */
record EventListView(List<EventView> events) {
}
