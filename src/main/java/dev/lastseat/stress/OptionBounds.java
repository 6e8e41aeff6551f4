package dev.lastseat.stress;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Checks the values of options beyond their types. The messages have the form that
 * picocli uses for a value of the wrong type.
 */
public record OptionBounds(CommandSpec command) {

	/**
	 * @param value null for an option that is not given
	 */
	public void requireBetween(String option, @Nullable Integer value, int min, int max) {
		if (value != null && (value < min || value > max)) {
			throw invalid(option, String.format(Locale.ROOT, "%,d is not between %,d and %,d", value, min, max));
		}
	}

	public ParameterException invalid(String option, String reason) {
		return new ParameterException(this.command.commandLine(),
				"Invalid value for option '" + option + "': " + reason);
	}

}
