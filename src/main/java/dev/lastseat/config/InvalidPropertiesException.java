package dev.lastseat.config;

import java.util.List;

/**
 * Some properties would be ignored or have no value. The message has one sentence for
 * each.
 */
final class InvalidPropertiesException extends RuntimeException {

	InvalidPropertiesException(List<String> errors) {
		super(String.join(System.lineSeparator(), errors));
	}

}
