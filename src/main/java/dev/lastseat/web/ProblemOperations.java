package dev.lastseat.web;

import org.springframework.http.MediaType;

/**
 * What there is to say of the pages behind the type of a problem.
 */
final class ProblemOperations {

	static final String TAG = "Problems";

	private ProblemOperations() {
	}

	static void explain(OperationDescription operation) {
		operation.is(TAG, "Explain a problem", "What is behind the type of a problem, for people and for programs.")
			.answers(200, "What the code means.", ApiSchemas.PROBLEM_CODE, ProblemCodeView.of(ProblemCode.SOLD_OUT))
			.alsoAs(200, MediaType.TEXT_HTML_VALUE, SchemaParts.text())
			.problems(ProblemCode.NOT_FOUND);
	}

}
