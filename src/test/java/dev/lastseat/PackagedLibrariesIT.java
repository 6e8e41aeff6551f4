package dev.lastseat;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The libraries in the packaged jar.
 */
class PackagedLibrariesIT {

	/**
	 * The service speaks HTTP/1.1 and HTTP/2 only. The native libraries of QUIC for five
	 * platforms would add 13 MB.
	 */
	@Test
	void containsNoLibraryForHttp3() throws IOException {
		assertThat(libraries()).anyMatch((name) -> name.startsWith("netty-codec-http2-"))
			.noneMatch((name) -> name.contains("http3") || name.contains("quic"));
	}

	private static List<String> libraries() throws IOException {
		try (ZipFile jar = new ZipFile(System.getProperty("packaged.jar"))) {
			return jar.stream()
				.map((entry) -> entry.getName())
				.filter((name) -> name.startsWith("BOOT-INF/lib/"))
				.map((name) -> name.substring("BOOT-INF/lib/".length()))
				.toList();
		}
	}

}
