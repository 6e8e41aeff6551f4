package dev.lastseat.web.page;

import dev.lastseat.web.problem.ProblemCode;

/**
 * The JSON body that explains a problem code.
 */
public record ProblemCodeView(String code, String title, int status, boolean retryable, String explanation) {

	static ProblemCodeView of(ProblemCode code) {
		return new ProblemCodeView(code.code(), code.title(), code.status().value(), code.retryable(),
				code.explanation());
	}

}
