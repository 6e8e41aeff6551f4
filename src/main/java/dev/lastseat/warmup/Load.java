package dev.lastseat.warmup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Sends the requests of the warm-up: in waves, each with one request on every connection,
 * so that the event queue decides batches.
 */
final class Load {

	/** Two threads, so that the service has requests while one of them reads answers. */
	private static final int THREADS = 2;

	/** In waves of this size a batch is as large as with some tens of clients. */
	private static final int CONNECTIONS_PER_THREAD = 24;

	private final int port;

	private final String requestId;

	/**
	 * @param requestId the id of all requests
	 */
	Load(int port, String requestId) {
		this.port = port;
		this.requestId = requestId;
	}

	/**
	 * Sends one wave at least.
	 * @param running whether to send another wave
	 * @return the number of answers
	 */
	long run(BooleanSupplier running) throws Exception {
		HotRequests requests = HotRequests.prepare(connect());
		ExecutorService threads = Executors.newFixedThreadPool(THREADS, Load::daemon);
		try {
			List<Future<Long>> answers = new ArrayList<>();
			for (int thread = 0; thread < THREADS; thread++) {
				answers.add(threads.submit(() -> sendWaves(requests, running)));
			}
			return sum(answers);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "warm-up-load");
		thread.setDaemon(true);
		return thread;
	}

	private static long sum(List<Future<Long>> answers) throws Exception {
		long sum = 0;
		for (Future<Long> one : answers) {
			sum += one.get();
		}
		return sum;
	}

	private Connection connect() throws IOException {
		return new Connection(this.port, this.requestId);
	}

	private long sendWaves(HotRequests requests, BooleanSupplier running) throws IOException {
		List<Connection> connections = new ArrayList<>();
		try {
			for (int i = 0; i < CONNECTIONS_PER_THREAD; i++) {
				connections.add(connect());
			}
			long answers = 0;
			do {
				answers += sendWave(requests, connections);
			}
			while (running.getAsBoolean());
			return answers;
		}
		finally {
			for (Connection connection : connections) {
				connection.close();
			}
		}
	}

	private int sendWave(HotRequests requests, List<Connection> connections) throws IOException {
		for (Connection connection : connections) {
			connection.send(requests.next());
		}
		for (Connection connection : connections) {
			connection.read();
		}
		try (Connection stream = connect()) {
			stream.send(requests.stream());
			stream.readFirstEvent();
		}
		return connections.size() + 1;
	}

}
