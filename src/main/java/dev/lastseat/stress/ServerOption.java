package dev.lastseat.stress;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option for the MongoDB server that a command uses. */
public final class ServerOption {

	@Option(names = "--spring.mongodb.uri", paramLabel = "<uri>", converter = Converter.class,
			description = "the MongoDB to use, with a new database that is dropped afterwards "
					+ "(SPRING_MONGODB_URI, else an embedded engine in memory)")
	private @Nullable ConnectionString uri;

	public @Nullable ConnectionString uri() {
		return this.uri;
	}

	/** Rejects a connection string that the driver cannot parse. */
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
