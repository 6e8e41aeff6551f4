package dev.lastseat.proof;

import java.nio.file.Files;
import java.nio.file.Path;
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

	private static final Path EXPLANATIONS = Path.of("docs", "PROOF.md");

	@Test
	void nothingWasLostOversoldDoubledFalselyRefusedOrUnexplained() {
		List<ProofResult> lines = ProofResult.readAll(ProofResult.DIRECTORY);

		System.out.println(new ProofTable(lines));
		System.out.println("Deliberate bugs: " + FoundBug.readAll(ProofResult.DIRECTORY));

		assertThat(lines).isNotEmpty().allMatch(ProofResult::isSpotless);
	}

	/**
	 * Or killed, where PIT has run.
	 */
	@Test
	void everyMutantThatSurvivedIsExplained() throws Exception {
		List<Mutant> mutants = Mutant.readAll(Mutant.REPORT);
		List<String> survivors = mutants.stream().filter((mutant) -> !mutant.killed()).map(Mutant::name).toList();

		System.out.println("Mutants: " + mutants.size() + ", killed " + (mutants.size() - survivors.size())
				+ ", explained " + survivors.size());

		String explanations = Files.readString(EXPLANATIONS);
		assertThat(survivors).allSatisfy((survivor) -> assertThat(explanations).contains(survivor));
	}

}
