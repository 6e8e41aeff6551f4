package dev.lastseat.mongo;

import java.lang.reflect.Field;

import com.mongodb.ConnectionString;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UriOptionsTest {

	/** When this fails after an update of the driver, its list has changed. */
	@Test
	void areThoseOfTheDriver() throws Exception {
		Field keys = ConnectionString.class.getDeclaredField("ALL_KEYS");
		keys.setAccessible(true);

		assertThat(UriOptions.KNOWN).isEqualTo(keys.get(null));
	}

	@Test
	void areComparedWithoutRegardToCase() {
		assertThat(UriOptions.unknown("mongodb://db/?RETRYWRITES=true&ssl=true;w=1")).isEmpty();
		assertThat(UriOptions.unknown("mongodb://db/?w=1&Colour=red")).containsExactly("Colour");
		assertThat(UriOptions.unknown("mongodb://db")).isEmpty();
	}

}
