package dev.lastseat.bench;

/**
 * What a process used.
 *
 * @param commands the commands sent to the database
 * @param bytes the bytes allocated by its threads
 * @param cpuMicros the CPU time in microseconds, with collectors, compilers and the
 * embedded engine
 */
record Cost(long commands, long bytes, long cpuMicros) {

	static final Cost NONE = new Cost(0, 0, 0);

	Cost plus(Cost other) {
		return new Cost(this.commands + other.commands, this.bytes + other.bytes, this.cpuMicros + other.cpuMicros);
	}

	Cost minus(Cost other) {
		return new Cost(this.commands - other.commands, this.bytes - other.bytes, this.cpuMicros - other.cpuMicros);
	}

}
