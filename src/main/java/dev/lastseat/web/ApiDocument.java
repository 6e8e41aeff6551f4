package dev.lastseat.web;

import java.util.List;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import org.springdoc.core.customizers.OpenApiCustomizer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Describes the API. Springdoc finds the routes in the table and names their operations;
 * what there is to say of each is added here, when the document is asked for.
 */
final class ApiDocument implements OpenApiCustomizer {

	private final ExampleWriter examples;

	ApiDocument(JsonMapper json) {
		this.examples = new ExampleWriter(json);
	}

	@Override
	public void customise(OpenAPI document) {
		document.info(info())
			// Relative: the same document, wherever the service is reached.
			.servers(List.of(new Server().url("/")))
			.tags(tags())
			.components(components());
		document.getPaths()
			.forEach((path, item) -> item.readOperations().forEach((operation) -> describe(path, operation)));
	}

	private void describe(String path, Operation operation) {
		OperationDescription description = new OperationDescription(operation, path, this.examples);
		ApiOperation.of(operation.getOperationId()).describe(description);
		description.finish();
	}

	private static Info info() {
		return new Info().title("Lastseat")
			.version("v1")
			.description("Books seats without ever selling one twice. Everything that goes wrong is answered with "
					+ "an RFC 9457 problem, whose code says what happened. Web pages of other origins may call it where "
					+ "the operator lists them; a preflight needs no token.")
			.license(new License().name("Apache-2.0").identifier("Apache-2.0"));
	}

	private static List<Tag> tags() {
		return List.of(new Tag().name(EventOperations.TAG).description("What people register for"),
				new Tag().name(RegistrationOperations.TAG).description("Who holds a ticket of what"),
				new Tag().name(ProblemOperations.TAG).description("What can go wrong"));
	}

	private static Components components() {
		return new Components().schemas(ApiSchemas.all())
			.parameters(ApiParameters.all())
			.headers(ApiHeaders.all())
			.addSecuritySchemes(OperationDescription.JWT, new SecurityScheme().type(SecurityScheme.Type.HTTP)
				.scheme("bearer")
				.bearerFormat("JWT")
				.description("Where the service runs in the mode jwt; in the mode open it asks nobody. An access token "
						+ "of the type at+jwt, JWT or none, with exp and sub, and its scopes in scope or scp."));
	}

}
