package dev.lastseat.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a page of holds.
 *
 * @param next the cursor of the next page; null on the last page
 */
record HoldListView(List<UserHoldView> holds, @Nullable String next) {
}
