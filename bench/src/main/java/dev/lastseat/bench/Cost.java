package dev.lastseat.bench;

/**
 * What the service spent.
 *
 * @param commands that it sent to the database
 * @param bytes that its threads allocated
 */
record Cost(long commands, long bytes) {

	static final Cost NONE = new Cost(0, 0);

	Cost plus(Cost other) {
		return new Cost(this.commands + other.commands, this.bytes + other.bytes);
	}

}
