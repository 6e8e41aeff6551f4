package dev.lastseat.web.problem;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The body of a constant problem equals the body that Jackson writes.
 */
class ProblemTemplateTest {

	private static final String ID = "0b7e1f4a-6c1d-4f0e-9a3b-2f6d1c5e8a90";

	private final JsonMapper json = JsonMapper.builder().build();

	@ParameterizedTest
	@EnumSource
	void encodesEachProblemLikeJackson(ProblemCode code) {
		expectSameBody(ProblemException.constant(code, "a \"detail\""), "/api/v1/events/x/registrations");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/\"", "/\\", "/caf\u00e9", "/\u0001", "/<instance>", "/<request id>" })
	void encodesEachPathLikeJackson(String path) {
		expectSameBody(ProblemException.constant(ProblemCode.SOLD_OUT, "event capacity reached"), path);
	}

	@Test
	void encodesTheAdditionalMembersLikeJackson() {
		ProblemException notOpen = ProblemException.constant(ProblemCode.SALES_NOT_OPEN, "not open");

		expectSameBody(notOpen.withOpening(Instant.parse("2026-12-01T19:00:00Z"), 30), "/");
		expectSameBody(notOpen.withOpening(Instant.parse("0001-12-01T19:00:00.001Z"), 30), "/");
		expectSameBody(ProblemException.constant(ProblemCode.SOLD_OUT, "sold out").withRemaining(0), "/");
	}

	private void expectSameBody(ProblemException problem, String path) {
		assertThat(new String(ProblemTemplate.of(problem.template(), this.json).encode(path, ID, problem.members()),
				StandardCharsets.UTF_8))
			.isEqualTo(this.json.writeValueAsString(ProblemView.of(problem, path, ID)));
	}

}
