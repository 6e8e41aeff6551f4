package dev.lastseat.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.lastseat.simulation.SalePlan.Jump;

/** The clock of a process. It jumps forward and back. */
final class SimulatedClock extends Clock {

	private final VirtualTime time;

	private final List<Jump> jumps;

	/**
	 * @param jumps in the order of time
	 */
	SimulatedClock(VirtualTime time, List<Jump> jumps) {
		this.time = time;
		this.jumps = jumps;
	}

	@Override
	public Instant instant() {
		long now = this.time.micros();
		long offset = this.jumps.stream()
			.filter((jump) -> jump.at() <= now)
			.reduce((earlier, later) -> later)
			.map(Jump::offset)
			.orElse(0L);
		return Instant.EPOCH.plus(now + offset, ChronoUnit.MICROS);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}
