package dev.lastseat.mongo;

/**
 * A feature that some contracts need and some engines lack.
 */
enum Feature {

	/** A standalone MongoDB has none either. */
	CHANGE_STREAMS("has no change streams"),

	/** A reader never sees an update half made. */
	WHOLE_DOCUMENTS("shows documents that are half changed");

	private final String lack;

	Feature(String lack) {
		this.lack = lack;
	}

	/** The reason for skipping a test on an engine without the feature. */
	String lackingOn(Engine engine) {
		return engine + " " + this.lack;
	}

}
