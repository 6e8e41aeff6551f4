package dev.lastseat.config;

import java.util.List;

/**
 * Some properties would be ignored. The message has one line for each.
 */
final class InvalidPropertiesException extends RuntimeException {

	InvalidPropertiesException(List<String> errors) {
		super(String.join(System.lineSeparator(), errors));
	}

}
