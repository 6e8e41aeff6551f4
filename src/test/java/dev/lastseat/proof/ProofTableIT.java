package dev.lastseat.proof;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of the proofs: prints what they have found, and fails when that is anything, or
 * when there were none.
 */
@Tag("table")
class ProofTableIT {

	@Test
	void nothingWasLostOversoldDoubledFalselyRefusedOrUnexplained() {
		List<ProofLine> lines = ProofLine.readAll(ProofLine.DIRECTORY);

		System.out.println(new ProofTable(lines));

		assertThat(lines).isNotEmpty().allMatch(ProofLine::isSpotless);
	}

}
