package dev.lastseat.bench;

/**
 * What the service used.
 *
 * @param commands the commands sent to the database
 * @param bytes the bytes allocated by its threads
 */
record Cost(long commands, long bytes) {

	static final Cost NONE = new Cost(0, 0);

	Cost plus(Cost other) {
		return new Cost(this.commands + other.commands, this.bytes + other.bytes);
	}

}
