package dev.lastseat.proof;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.lastseat.TcpProxy;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;

/**
 * Three service processes on one database, each with a line of its own to it.
 */
final class SharedDatabase implements AutoCloseable {

	private static final int PROCESSES = 3;

	private static final String NAME = "lastseat";

	final Database database;

	final List<TcpProxy> lines = new ArrayList<>();

	final List<ServiceProcess> services = new ArrayList<>();

	SharedDatabase(Path directory) {
		this.database = Database.start(directory);
		try {
			for (int number = 0; number < PROCESSES; number++) {
				TcpProxy line = new TcpProxy(new InetSocketAddress(this.database.host(), this.database.port()));
				this.lines.add(line);
				ServiceProcess service = new ServiceProcess(directory,
						"--spring.mongodb.uri=" + uri("127.0.0.1", line.port()));
				this.services.add(service);
				Workload.rehearse(service.awaitReady());
			}
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	private static String uri(String host, int port) {
		return "mongodb://" + host + ":" + port + "/" + NAME + "?directConnection=true";
	}

	/** Past the lines and the services. */
	Ledger stored(EventId event) {
		return LedgerReader.read(uri(this.database.host(), this.database.port()), NAME, event);
	}

	@Override
	public void close() {
		this.services.forEach(ServiceProcess::close);
		this.lines.forEach(TcpProxy::close);
		this.database.close();
	}

}
