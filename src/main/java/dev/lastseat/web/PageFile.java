package dev.lastseat.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.DigestUtils;

/**
 * A file of the page, as it is and compressed. Each of the two representations has an
 * entity tag of its own: a 304 never confirms the other one.
 *
 * @param tag the tag of {@code content}: a hash of it
 * @param gzipTag the tag of {@code gzipped}
 */
record PageFile(String name, MediaType type, String tag, String gzipTag, byte[] content, byte[] gzipped) {

	/**
	 * Reads a file of the class path's folder {@code page}.
	 */
	static PageFile read(String name) {
		try {
			byte[] content = new ClassPathResource("page/" + name).getContentAsByteArray();
			MediaType type = MediaTypeFactory.getMediaType(name).orElseThrow();
			String hash = DigestUtils.md5DigestAsHex(content);
			return new PageFile(name, new MediaType(type, StandardCharsets.UTF_8), '"' + hash + '"',
					'"' + hash + "-gzip\"", content, gzip(content));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] gzip(byte[] content) throws IOException {
		ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
		try (GZIPOutputStream stream = new GZIPOutputStream(gzipped)) {
			stream.write(content);
		}
		return gzipped.toByteArray();
	}

}
