package dev.lastseat.proof;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

import dev.lastseat.TcpProxy;

/**
 * What can happen to the line between a service and its database.
 */
enum LineFault {

	/** All connections end, and none is made. */
	CUT {
		@Override
		void begin(TcpProxy line, Random random) {
			line.cut();
		}

		@Override
		void end(TcpProxy line) {
			line.restore();
		}
	},

	/** Connections are made and stay, and nothing comes through. */
	HALF_OPEN {
		@Override
		void begin(TcpProxy line, Random random) {
			line.lose(EnumSet.allOf(TcpProxy.Way.class));
		}
	},

	/** Everything comes later, now and then later than the service waits. */
	SLOW {
		@Override
		void begin(TcpProxy line, Random random) {
			line.slowDown(Duration.ofMillis(random.nextInt(SLOWEST)));
		}
	},

	/** Answers come through, and what is asked does not. */
	COMMANDS_LOST {
		@Override
		void begin(TcpProxy line, Random random) {
			line.lose(Set.of(TcpProxy.Way.THERE));
		}
	},

	/** What is asked comes through and is done, and nobody is told. */
	REPLIES_LOST {
		@Override
		void begin(TcpProxy line, Random random) {
			line.lose(Set.of(TcpProxy.Way.BACK));
		}
	};

	/** In milliseconds, for one way; the services wait for a second. */
	private static final int SLOWEST = 700;

	abstract void begin(TcpProxy line, Random random);

	void end(TcpProxy line) {
		line.heal();
	}

}
