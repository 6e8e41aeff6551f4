package dev.lastseat.web.stream;

import dev.lastseat.web.log.RequestIds;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusStreamsTest {

	private final HttpHeaders response = new DefaultHttpHeaders();

	@Test
	void keepsTheRequestIdOfTheHeadersThatWereSent() {
		this.response.set(RequestIds.HEADER, "one").set("Cache-Control", "no-store");

		StatusStreams.keepOnlyId(this.response);

		assertThat(this.response.names()).containsExactly(RequestIds.HEADER);
		assertThat(this.response.get(RequestIds.HEADER)).isEqualTo("one");
	}

	@Test
	void keepsNoHeaderOfAResponseWithoutRequestId() {
		this.response.set("Cache-Control", "no-store");

		StatusStreams.keepOnlyId(this.response);

		assertThat(this.response).isEmpty();
	}

}
