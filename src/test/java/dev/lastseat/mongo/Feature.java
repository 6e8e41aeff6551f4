package dev.lastseat.mongo;

/**
 * A feature that some contracts need and some engines lack.
 */
public enum Feature {

	/** A standalone MongoDB has none. */
	CHANGE_STREAMS("change streams"),

	/** No read sees a document while an update changes it. */
	ATOMIC_UPDATES("atomic updates"),

	/** A collection has at most one index of a name. */
	UNIQUE_INDEX_NAMES("unique index names");

	private final String description;

	Feature(String description) {
		this.description = description;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
