package dev.lastseat.stress;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The option that names the server that a command aims at.
 */
public final class ServerOption {

	@Option(names = "--spring.mongodb.uri", paramLabel = "<uri>", converter = Converter.class,
			description = "the MongoDB to aim at, in a database of its own that is dropped afterwards "
					+ "(SPRING_MONGODB_URI, else an embedded engine in memory)")
	private @Nullable ConnectionString uri;

	public @Nullable ConnectionString uri() {
		return this.uri;
	}

	/** Refuses what the driver cannot read. */
	static final class Converter implements ITypeConverter<ConnectionString> {

		@Override
		public ConnectionString convert(String value) {
			try {
				return new ConnectionString(value);
			}
			catch (IllegalArgumentException ex) {
				throw new TypeConversionException(ex.getMessage());
			}
		}

	}

}
