package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.Page;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a page of user ids.
 *
 * @param next the cursor of the next page; null on the last page
 */
record UserListView(List<String> userIds, @Nullable String next) {

	static UserListView of(Page<UserId, ?> page, @Nullable String next) {
		return new UserListView(page.items().stream().map(UserId::value).toList(), next);
	}

}
