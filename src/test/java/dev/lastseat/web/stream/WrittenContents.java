package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;

/**
 * The contents that streams write to a channel.
 */
final class WrittenContents {

	private WrittenContents() {
	}

	/**
	 * @return the contents that were written since the last call
	 */
	static List<String> read(EmbeddedChannel channel) {
		List<String> contents = new ArrayList<>();
		for (HttpContent content = channel.readOutbound(); content != null; content = channel.readOutbound()) {
			contents.add(content.content().toString(StandardCharsets.US_ASCII));
			content.release();
		}
		return contents;
	}

}
