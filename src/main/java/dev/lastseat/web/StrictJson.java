package dev.lastseat.web;

import java.time.Instant;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;

/**
 * Takes JSON at its word: no field that is not known or comes twice, no number in place
 * of a text or the other way round. What a client got wrong is refused instead of
 * guessed.
 */
final class StrictJson implements JsonMapperBuilderCustomizer {

	@Override
	public void customize(JsonMapper.Builder builder) {
		builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.addModule(new SimpleModule("lastseat").addDeserializer(Instant.class, new InstantReader()));
		refuse(builder, LogicalType.Textual, CoercionInputShape.Integer, CoercionInputShape.Float,
				CoercionInputShape.Boolean);
		refuse(builder, LogicalType.Integer, CoercionInputShape.String, CoercionInputShape.EmptyString,
				CoercionInputShape.Float, CoercionInputShape.Boolean);
	}

	private static void refuse(JsonMapper.Builder builder, LogicalType target, CoercionInputShape... shapes) {
		builder.withCoercionConfig(target, (coercions) -> {
			for (CoercionInputShape shape : shapes) {
				coercions.setCoercion(shape, CoercionAction.Fail);
			}
		});
	}

}
