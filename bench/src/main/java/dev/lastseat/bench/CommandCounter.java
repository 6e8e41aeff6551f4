package dev.lastseat.bench;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import com.mongodb.MongoClientSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;

import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;

/**
 * Counts the commands that a client sends on documents. Commands that the driver sends
 * for itself, for example to monitor the server, are not counted.
 */
final class CommandCounter implements CommandListener, MongoClientSettingsBuilderCustomizer {

	private static final Set<String> COUNTED = Set.of("insert", "update", "delete", "findAndModify", "find",
			"aggregate", "getMore", "count", "distinct", "bulkWrite", "commitTransaction", "abortTransaction");

	private final LongAdder sent = new LongAdder();

	@Override
	public void customize(MongoClientSettings.Builder settings) {
		settings.addCommandListener(this);
	}

	@Override
	public void commandStarted(CommandStartedEvent event) {
		if (COUNTED.contains(event.getCommandName())) {
			this.sent.increment();
		}
	}

	long sent() {
		return this.sent.sum();
	}

}
