package dev.lastseat.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;

/**
 * One open stream. Records the revision and the time of each state that arrives. One
 * thread writes it; it may be read after that thread has ended.
 */
final class Subscriber extends SimpleChannelInboundHandler<HttpObject> {

	private static final String ID = "id:";

	private static final long NONE = -1;

	private final Runnable onFirst;

	private final long target;

	private final Runnable onTarget;

	private final StringBuilder line = new StringBuilder();

	private long[] revisions = new long[16];

	private long[] arrivals = new long[16];

	private int states;

	private long id = NONE;

	/**
	 * @param onFirst run when the first state has arrived
	 * @param target a revision
	 * @param onTarget run when a state with that revision or a later one has arrived
	 */
	Subscriber(Runnable onFirst, long target, Runnable onTarget) {
		this.onFirst = onFirst;
		this.target = target;
		this.onTarget = onTarget;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
		if (message instanceof HttpContent content) {
			ByteBuf bytes = content.content();
			read(bytes.toString(StandardCharsets.UTF_8));
		}
	}

	private void read(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == '\n') {
				endLine(this.line.toString());
				this.line.setLength(0);
			}
			else {
				this.line.append(text.charAt(i));
			}
		}
	}

	private void endLine(String finished) {
		if (finished.startsWith(ID)) {
			this.id = Long.parseLong(finished.substring(ID.length()).strip());
		}
		else if (finished.isEmpty() && this.id != NONE) {
			record(this.id, System.nanoTime());
			this.id = NONE;
		}
	}

	private void record(long revision, long arrival) {
		if (this.states == this.revisions.length) {
			this.revisions = Arrays.copyOf(this.revisions, 2 * this.states);
			this.arrivals = Arrays.copyOf(this.arrivals, 2 * this.states);
		}
		boolean before = this.states == 0 || latest() < this.target;
		this.revisions[this.states] = revision;
		this.arrivals[this.states] = arrival;
		this.states++;
		if (this.states == 1) {
			this.onFirst.run();
		}
		if (before && revision >= this.target) {
			this.onTarget.run();
		}
	}

	int states() {
		return this.states;
	}

	long revision(int state) {
		return this.revisions[state];
	}

	/**
	 * The time at which a state arrived, on the clock of {@link System#nanoTime()}.
	 */
	long arrival(int state) {
		return this.arrivals[state];
	}

	/**
	 * The revision of the last state that arrived, or -1 without one.
	 */
	long latest() {
		return (this.states > 0) ? this.revisions[this.states - 1] : NONE;
	}

	boolean isOrdered() {
		for (int i = 1; i < this.states; i++) {
			if (this.revisions[i] <= this.revisions[i - 1]) {
				return false;
			}
		}
		return true;
	}

}
