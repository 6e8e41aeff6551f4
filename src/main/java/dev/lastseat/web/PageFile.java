package dev.lastseat.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.DigestUtils;

/**
 * A file of the page.
 *
 * @param tag tells its content from any other
 */
record PageFile(String name, MediaType type, String tag, byte[] content) {

	/**
	 * Reads a file of the class path's folder {@code page}.
	 */
	static PageFile read(String name) {
		try {
			byte[] content = new ClassPathResource("page/" + name).getContentAsByteArray();
			MediaType type = MediaTypeFactory.getMediaType(name).orElseThrow();
			return new PageFile(name, new MediaType(type, StandardCharsets.UTF_8),
					'"' + DigestUtils.md5DigestAsHex(content) + '"', content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
