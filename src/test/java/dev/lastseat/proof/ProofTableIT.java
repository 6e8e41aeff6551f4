package dev.lastseat.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The last test of the profile {@code proof}. Prints the table of all results, and fails
 * if there is an anomaly or no result.
 */
@Tag("table")
class ProofTableIT {

	private static final Path EXPLANATIONS = Path.of("docs", "proof.md");

	@Test
	void noRunHasAnAnomaly() {
		List<ProofResult> results = ProofResult.readAll(ProofResult.DIRECTORY);

		System.out.println(new ProofTable(results));
		System.out.println("Deliberate bugs: " + FoundBug.readAll(ProofResult.DIRECTORY));

		assertThat(results).isNotEmpty().allMatch(ProofResult::hasNoAnomalies);
	}

	/** Checks nothing when PIT has not run. */
	@Test
	void theDocumentationExplainsEverySurvivingMutant() throws Exception {
		List<Mutant> mutants = Mutant.readAll(Mutant.REPORT);
		List<String> survivors = mutants.stream().filter((mutant) -> !mutant.killed()).map(Mutant::name).toList();

		System.out.println("Mutants: " + mutants.size() + ", killed " + (mutants.size() - survivors.size())
				+ ", explained " + survivors.size());

		String explanations = Files.readString(EXPLANATIONS);
		assertThat(survivors).allSatisfy((survivor) -> assertThat(explanations).contains(survivor));
	}

}
