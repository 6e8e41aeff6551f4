package dev.lastseat.proof;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.lastseat.TcpProxy;

/**
 * What can happen to the line between a service and its database.
 */
enum NetworkFault {

	/** All connections end, and none is made. */
	CUT((line, random) -> line.cut(), TcpProxy::restore),

	/** Connections are made and stay, and nothing comes through. */
	HALF_OPEN((line, random) -> line.drop(EnumSet.allOf(TcpProxy.Direction.class)), TcpProxy::heal),

	/** Everything comes later, now and then later than the service waits. */
	SLOW((line, random) -> line.delay(Duration.ofMillis(random.nextInt(NetworkFault.SLOWEST))), TcpProxy::heal),

	/** Answers come through, and what is asked does not. */
	COMMANDS_LOST((line, random) -> line.drop(Set.of(TcpProxy.Direction.TO_SERVER)), TcpProxy::heal),

	/** What is asked comes through and is done, and nobody is told. */
	REPLIES_LOST((line, random) -> line.drop(Set.of(TcpProxy.Direction.TO_CLIENT)), TcpProxy::heal);

	/** In milliseconds, for one way; the services wait for a second. */
	private static final int SLOWEST = 700;

	private final BiConsumer<TcpProxy, Random> begin;

	private final Consumer<TcpProxy> end;

	NetworkFault(BiConsumer<TcpProxy, Random> begin, Consumer<TcpProxy> end) {
		this.begin = begin;
		this.end = end;
	}

	void begin(TcpProxy line, Random random) {
		this.begin.accept(line, random);
	}

	void end(TcpProxy line) {
		this.end.accept(line);
	}

}
