package dev.lastseat.mongo;

import java.lang.reflect.Field;

import com.mongodb.ConnectionString;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UriOptionsTest {

	/** Fails when an update of the driver changes its list of options. */
	@Test
	void areTheOptionsOfTheDriver() throws Exception {
		Field keys = ConnectionString.class.getDeclaredField("ALL_KEYS");
		keys.setAccessible(true);

		assertThat(UriOptions.KNOWN).isEqualTo(keys.get(null));
	}

	@Test
	void areComparedIgnoringCase() {
		assertThat(UriOptions.unknown("mongodb://db/?RETRYWRITES=true&ssl=true;w=1")).isEmpty();
		assertThat(UriOptions.unknown("mongodb://db/?w=1&Colour=red")).containsExactly("Colour");
		assertThat(UriOptions.unknown("mongodb://db")).isEmpty();
	}

}
