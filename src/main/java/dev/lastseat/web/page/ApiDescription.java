package dev.lastseat.web.page;

import java.nio.charset.StandardCharsets;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the API description: the file {@code openapi.yaml}, unchanged and converted to
 * JSON.
 */
public final class ApiDescription {

	private static final Resource FILE = new ClassPathResource("openapi.yaml");

	private final Mono<StaticFile> yaml = StaticFile
		.lazy(() -> StaticFile.of(MediaType.APPLICATION_YAML, StaticFile.content(FILE)));

	private final Mono<StaticFile> json;

	public ApiDescription(JsonMapper mapper) {
		this.json = StaticFile.lazy(() -> StaticFile.of(MediaType.APPLICATION_JSON, json(mapper)));
	}

	public static byte[] json(JsonMapper mapper) {
		Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
		return mapper
			.writeValueAsBytes(yaml.<Object>load(new String(StaticFile.content(FILE), StandardCharsets.UTF_8)));
	}

	public Mono<ServerResponse> json(ServerRequest request) {
		return this.json.flatMap((file) -> file.toResponse(request));
	}

	public Mono<ServerResponse> yaml(ServerRequest request) {
		return this.yaml.flatMap((file) -> file.toResponse(request));
	}

}
