package dev.lastseat.history;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** The file is not a history file. The message names the line. */
public final class UnreadableHistoryException extends IOException {

	UnreadableHistoryException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
