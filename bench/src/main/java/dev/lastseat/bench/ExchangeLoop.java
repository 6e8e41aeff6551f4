package dev.lastseat.bench;

import java.time.Duration;
import java.util.List;

import io.netty.buffer.ByteBuf;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * A {@linkplain ClosedLoop closed loop} over HTTP at the least cost: one client for each
 * connection, without an operator for a request. All calls are on the thread of the load.
 */
final class ExchangeLoop {

	/** Significant digits of a latency. */
	private static final int DIGITS = 3;

	private final Scheduler thread;

	private final List<Connection> connections;

	private final int requests;

	private final Duration limit;

	/**
	 * @param thread the thread of the connections
	 * @param requests the total of all clients
	 * @param limit after this time no request is sent; the requests in flight are awaited
	 * and do not count
	 */
	ExchangeLoop(Scheduler thread, List<Connection> connections, int requests, Duration limit) {
		this.thread = thread;
		this.connections = connections;
		this.requests = requests;
		this.limit = limit;
	}

	/** Runs the loop. Lazy. */
	Mono<Run> run(Exchange exchange) {
		return Mono.<Run>create((sink) -> new Running(exchange, sink).start()).subscribeOn(this.thread);
	}

	/** One run. */
	private final class Running {

		private final Exchange exchange;

		private final MonoSink<Run> sink;

		private final Histogram latencies = new Histogram(DIGITS);

		private final long begin = System.nanoTime();

		private final long end = this.begin + ExchangeLoop.this.limit.toNanos();

		private long last = this.begin;

		private int active = ExchangeLoop.this.connections.size();

		private int asked;

		private int undecided;

		private boolean late;

		private boolean failed;

		Running(Exchange exchange, MonoSink<Run> sink) {
			this.exchange = exchange;
			this.sink = sink;
		}

		void start() {
			ExchangeLoop.this.connections.forEach((connection) -> new Client(connection).next(System.nanoTime()));
		}

		private void fail(Throwable cause) {
			this.failed = true;
			this.sink.error(cause);
		}

		private Run result() {
			long until = this.late ? this.end : this.last;
			return new Run(this.latencies, this.asked, this.undecided, 0,
					Duration.ofNanos(Math.max(1, until - this.begin)), Cost.NONE, 0);
		}

		/** A client: it sends its next request when the last one is answered. */
		private final class Client implements Connection.Listener {

			private final Connection connection;

			private int number;

			private long sent;

			Client(Connection connection) {
				this.connection = connection;
			}

			void next(long now) {
				if (Running.this.failed) {
					return;
				}
				if (Running.this.asked >= ExchangeLoop.this.requests || now - Running.this.end >= 0) {
					Running.this.active--;
					if (Running.this.active == 0) {
						Running.this.sink.success(result());
					}
					return;
				}
				this.number = Running.this.asked;
				Running.this.asked++;
				this.sent = now;
				this.connection.send(Running.this.exchange.request(this.number, this.connection.allocator()), this);
			}

			@Override
			public void answered(int status, ByteBuf body) {
				long now = System.nanoTime();
				try {
					count(now, Running.this.exchange.decided(this.number, status, body, this.sent, now));
				}
				catch (RuntimeException ex) {
					fail(ex);
				}
				next(now);
			}

			private void count(long now, boolean decided) {
				if (!decided) {
					Running.this.undecided++;
				}
				else if (now - Running.this.end > 0) {
					Running.this.late = true;
				}
				else {
					Running.this.latencies.recordValue(now - this.sent);
					Running.this.last = now;
				}
			}

			@Override
			public void lost(Throwable cause) {
				fail(cause);
			}

		}

	}

}
