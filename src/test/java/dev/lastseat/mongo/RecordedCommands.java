package dev.lastseat.mongo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import org.bson.BsonDocument;

/**
 * Records the commands on collections that a client sends, and their answers. A test can
 * run code before a command is sent.
 */
public final class RecordedCommands implements CommandListener {

	private static final List<String> RECORDED = List.of("insert", "update", "aggregate", "find", "getMore");

	private final List<BsonDocument> sent = new CopyOnWriteArrayList<>();

	private final List<BsonDocument> answers = new CopyOnWriteArrayList<>();

	private final Map<String, Runnable> interventions = new ConcurrentHashMap<>();

	/** Runs code before each command with this name is sent. */
	public void before(String command, Runnable intervention) {
		this.interventions.put(command, intervention);
	}

	public List<String> names() {
		return this.sent.stream().map(BsonDocument::getFirstKey).toList();
	}

	public List<BsonDocument> sent() {
		return List.copyOf(this.sent);
	}

	public BsonDocument sent(int index) {
		return this.sent.get(index);
	}

	/** The first update of the command with this index. */
	public BsonDocument update(int index) {
		return sent(index).getArray("updates").get(0).asDocument();
	}

	public BsonDocument answer(int index) {
		return this.answers.get(index);
	}

	public List<BsonDocument> answers() {
		return List.copyOf(this.answers);
	}

	public void clear() {
		this.sent.clear();
		this.answers.clear();
	}

	@Override
	public void commandStarted(CommandStartedEvent event) {
		if (RECORDED.contains(event.getCommandName())) {
			this.sent.add(event.getCommand().clone());
			this.interventions.getOrDefault(event.getCommandName(), () -> {
			}).run();
		}
	}

	@Override
	public void commandSucceeded(CommandSucceededEvent event) {
		if (RECORDED.contains(event.getCommandName())) {
			this.answers.add(event.getResponse().clone());
		}
	}

}
