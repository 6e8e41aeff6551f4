package dev.lastseat.stress;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.history.HistoryFile;
import dev.lastseat.history.CheckResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code stress}: runs the last-seat race on the service without its web server, and
 * checks the stored state and the answers.
 */
@Command(name = "stress", mixinStandardHelpOptions = true, versionProvider = Commands.Version.class,
		sortOptions = false, header = "Run the last-seat race and check it by the stored state.",
		synopsisHeading = "%nUsage:%n", customSynopsis = "  java -jar lastseat.jar stress [<option>...]",
		optionListHeading = "%nOptions:%n", footerHeading = "%n",
		footer = { "With --cancel or --resize 16 attempts are in flight at once, so that the check",
				"takes seconds; with --holds or --parties it is 8, and with --holds the second",
				"half of the attempts waits until the holds of the first half have expired.",
				"Otherwise all attempts are in flight at once.", "",
				"Exit code: 0 on PASS, 1 on FAIL, 2 on a wrong option." })
final class StressCommand implements Callable<Integer> {

	private static final int MAX_ATTEMPTS = 1_000_000;

	/** The limits of the service, high enough that no attempt is rejected. */
	private static final List<String> NO_LIMITS = List.of("--lastseat.booking.max-waiting=" + MAX_ATTEMPTS,
			"--lastseat.booking.max-waiting-per-event=" + MAX_ATTEMPTS,
			"--lastseat.booking.max-wait=" + ServiceLauncher.BURST_TIMEOUT,
			"--lastseat.booking.round-timeout=" + ServiceLauncher.BURST_TIMEOUT);

	@ParentCommand
	private Commands parent;

	@Spec
	private CommandSpec spec;

	@Option(names = "--attempts", paramLabel = "<n>", defaultValue = "50",
			description = "attempts to get a seat, all released at one moment (${DEFAULT-VALUE})")
	private int attempts;

	@Option(names = "--capacity", paramLabel = "<n>", defaultValue = "1",
			description = "seats of the event (${DEFAULT-VALUE})")
	private int capacity;

	@Option(names = "--users", paramLabel = "<n>",
			description = "distinct users; with fewer users than attempts, users repeat (as many as attempts)")
	private @Nullable Integer users;

	@Option(names = "--cancel", paramLabel = "<share>", defaultValue = "0",
			description = "share of the attempts that are cancellations, 0 to 1 (${DEFAULT-VALUE})")
	private double cancel;

	@Option(names = "--resize", description = "change the capacity with some of the attempts, one in twenty")
	private boolean resize;

	@Option(names = "--holds", paramLabel = "<share>", defaultValue = "0",
			description = "share of the attempts that hold a seat, and then confirm, give back or let the hold expire, 0 to 1 (${DEFAULT-VALUE})")
	private double holds;

	@Option(names = "--parties", paramLabel = "<share>", defaultValue = "0",
			description = "share of the attempts that book a party of 2 to 4, 0 to 1 (${DEFAULT-VALUE})")
	private double parties;

	@Option(names = "--history", paramLabel = "<file>",
			description = "write all operations and answers to a file, as JSON lines (input of check)")
	private @Nullable Path history;

	@Mixin
	private ServerOption server;

	@Override
	public Integer call() throws IOException {
		RaceSettings settings = settings(new OptionBounds(this.spec));
		PrintWriter out = this.spec.commandLine().getOut();
		try (ConfigurableApplicationContext context = start()) {
			LastSeatRace race = new LastSeatRace(context.getBean(BookingService.class),
					context.getBean(EventRepository.class), new Progress(this.spec.commandLine().getErr()));
			RaceResult result = race.run(settings).toFuture().join();
			if (this.history != null) {
				HistoryFile.write(this.history, result.history());
			}
			CheckResult checkResult = CheckResult.of(result.history());
			Verdict verdict = Verdict.of(result, checkResult);
			RaceReport.print(result, verdict, checkResult, out);
			return verdict.pass() ? 0 : 1;
		}
	}

	private RaceSettings settings(OptionBounds bounds) {
		bounds.requireBetween("--attempts", this.attempts, 1, MAX_ATTEMPTS);
		bounds.requireBetween("--capacity", this.capacity, 1, EventDraft.MAX_CAPACITY);
		int distinct = (this.users != null) ? this.users : this.attempts;
		bounds.requireBetween("--users", distinct, 1, this.attempts);
		requireShare("--cancel", this.cancel, bounds);
		requireShare("--holds", this.holds, bounds);
		requireShare("--parties", this.parties, bounds);
		if (this.history != null && (Files.isDirectory(this.history) || !Files.isWritable(directoryOf(this.history)))) {
			throw bounds.invalid("--history", this.history + " cannot be written");
		}
		return new RaceSettings(this.attempts, this.capacity, distinct, this.cancel, this.resize, this.holds,
				this.parties);
	}

	private static void requireShare(String option, double share, OptionBounds bounds) {
		if (!(share >= 0 && share <= 1)) {
			throw bounds.invalid(option, share + " is not between 0 and 1");
		}
	}

	private static Path directoryOf(Path file) {
		return file.toAbsolutePath().getParent();
	}

	private ConfigurableApplicationContext start() {
		return new ServiceLauncher(this.parent.application()).start(WebApplicationType.NONE, this.server.uri(),
				NO_LIMITS, (context) -> {
				});
	}

}
