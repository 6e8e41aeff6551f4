package dev.lastseat.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import org.h2.mvstore.MVStore;

/**
 * The library's backend with databases that use their indexes.
 */
final class IndexedBackend extends H2Backend {

	IndexedBackend(MVStore store) {
		super(store);
	}

	/**
	 * Called by the superclass while it is being constructed, too.
	 */
	@Override
	protected MongoDatabase openOrCreateDatabase(String name) {
		return new IndexedDatabase(name, getMvStore(), getCursorRegistry());
	}

}
