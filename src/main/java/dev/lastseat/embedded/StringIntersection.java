package dev.lastseat.embedded;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.aggregation.Expression;
import de.bwaldvogel.mongo.backend.aggregation.stage.ProjectStage;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The expression {@code {$setIntersection: [{$literal: [strings]}, array]}}, in time
 * proportional to the lengths of both. The library compares each string with each element
 * of the array.
 *
 * @param strings the literal
 * @param array an expression
 */
record StringIntersection(Collection<?> strings, Object array) {

	/**
	 * @return null if the expression has another form
	 */
	private static @Nullable StringIntersection of(@Nullable Object expression) {
		return (operand(expression, "$setIntersection") instanceof List<?> sets && sets.size() == 2
				&& operand(sets.get(0), "$literal") instanceof Collection<?> values
				&& values.stream().allMatch(String.class::isInstance)) ? new StringIntersection(values, sets.get(1))
						: null;
	}

	private static @Nullable Object operand(@Nullable Object expression, String operator) {
		return (expression instanceof Document operators && operators.size() == 1) ? operators.get(operator) : null;
	}

	/**
	 * @return the projection, if it is the second and last stage of the pipeline and a
	 * field of it is such an expression; null if not
	 */
	static @Nullable Document projection(List<?> pipeline) {
		return (pipeline.size() == 2 && operand(pipeline.get(1), "$project") instanceof Document projection
				&& projection.values().stream().anyMatch((field) -> of(field) != null)) ? projection : null;
	}

	/** The library projects the document, with the intersections as literals. */
	static Stream<Document> project(Document document, Document projection) {
		Document computed = projection.clone();
		computed.entrySet().forEach((field) -> {
			StringIntersection expression = of(field.getValue());
			if (expression != null
					&& Expression.evaluateDocument(expression.array(), document) instanceof Collection<?> elements) {
				field.setValue(new Document("$literal", expression.with(elements)));
			}
		});
		return new ProjectStage(computed).apply(Stream.of(document));
	}

	private List<Object> with(Collection<?> elements) {
		Set<Object> common = new LinkedHashSet<>(this.strings);
		common.retainAll(elements.stream().filter(common::contains).collect(Collectors.toSet()));
		return List.copyOf(common);
	}

}
