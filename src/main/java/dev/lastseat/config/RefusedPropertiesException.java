package dev.lastseat.config;

import java.util.List;

/**
 * Properties would be ignored, or have no value. The message has a sentence for each.
 */
final class RefusedPropertiesException extends RuntimeException {

	RefusedPropertiesException(List<String> refusals) {
		super(String.join(System.lineSeparator(), refusals));
	}

}
