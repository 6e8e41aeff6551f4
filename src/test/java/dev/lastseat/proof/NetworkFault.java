package dev.lastseat.proof;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.lastseat.TcpProxy;

/**
 * Faults of the network between a service process and its database.
 */
enum NetworkFault {

	/** All connections are closed and new ones are refused. */
	CUT((proxy, random) -> proxy.cut(), TcpProxy::restore),

	/** Connections can be established and stay open, and carry nothing. */
	HALF_OPEN((proxy, random) -> proxy.drop(EnumSet.allOf(TcpProxy.Direction.class)), TcpProxy::heal),

	/** All bytes are delayed, sometimes beyond the time limit of the service. */
	SLOW((proxy, random) -> proxy.delay(Duration.ofMillis(random.nextInt(NetworkFault.MAX_DELAY))), TcpProxy::heal),

	/** The database gets no commands. */
	COMMANDS_LOST((proxy, random) -> proxy.drop(Set.of(TcpProxy.Direction.TO_SERVER)), TcpProxy::heal),

	/** The database executes commands, and the service gets no replies. */
	REPLIES_LOST((proxy, random) -> proxy.drop(Set.of(TcpProxy.Direction.TO_CLIENT)), TcpProxy::heal);

	/** In milliseconds and for one direction; the time limit of the service is 1 s. */
	private static final int MAX_DELAY = 700;

	private final BiConsumer<TcpProxy, Random> injection;

	private final Consumer<TcpProxy> removal;

	NetworkFault(BiConsumer<TcpProxy, Random> injection, Consumer<TcpProxy> removal) {
		this.injection = injection;
		this.removal = removal;
	}

	void inject(TcpProxy proxy, Random random) {
		this.injection.accept(proxy, random);
	}

	void remove(TcpProxy proxy) {
		this.removal.accept(proxy);
	}

}
