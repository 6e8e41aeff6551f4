package dev.lastseat.proof;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.lastseat.TcpProxy;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;

/**
 * Three service processes on one database, each connected through its own proxy.
 */
final class SharedDatabase implements AutoCloseable {

	private static final int PROCESSES = 3;

	private static final String NAME = "lastseat";

	final Database database;

	final List<TcpProxy> proxies = new ArrayList<>();

	final List<ServiceProcess> services = new ArrayList<>();

	private final LedgerReader ledgers;

	SharedDatabase(Path directory) {
		this.database = Database.start(directory);
		this.ledgers = new LedgerReader(uri(this.database.host(), this.database.port()), NAME);
		try {
			for (int number = 0; number < PROCESSES; number++) {
				TcpProxy proxy = new TcpProxy(new InetSocketAddress(this.database.host(), this.database.port()));
				this.proxies.add(proxy);
				ServiceProcess service = new ServiceProcess(directory, optionOf(proxy));
				this.services.add(service);
				Workload.warmUp(service.awaitReady());
			}
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	/** The option of a service process that is connected through the proxy. */
	String optionOf(TcpProxy proxy) {
		return "--spring.mongodb.uri=" + uri("127.0.0.1", proxy.port());
	}

	private String uri(String host, int port) {
		return "mongodb://" + host + ":" + port + "/" + NAME + "?directConnection=true&retryWrites="
				+ this.database.supportsRetryableWrites();
	}

	/**
	 * Reads the stored state directly from the database, not through proxies or services.
	 */
	Ledger stored(EventId event) {
		return this.ledgers.read(event);
	}

	@Override
	public void close() {
		this.services.forEach(ServiceProcess::close);
		this.proxies.forEach(TcpProxy::close);
		this.ledgers.close();
		this.database.close();
	}

}
