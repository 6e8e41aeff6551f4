package dev.lastseat.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a page of registrations.
 *
 * @param next the cursor of the next page; null on the last page
 */
record RegistrationListView(List<String> userIds, @Nullable String next) {
}
