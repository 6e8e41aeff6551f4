/**
 * The embedded engine: a MongoDB-compatible server in this process. Knows nothing of
 * events. Depends on mongo-java-server, H2 and Spring Boot. Entered through its
 * configuration.
 * <p>
 * <b>Dependencies on internals.</b> The classes {@code EmbeddedBackend},
 * {@code EmbeddedDatabase}, {@code EmbeddedCollection}, {@code IdIndex},
 * {@code SecondaryIndex}, {@code BsonType} and {@code IdType} extend classes that
 * mongo-java-server does not document. They rely on the following behaviour of version
 * 1.47.0. {@code LibraryInternalsTest} fails when a version changes; check this list
 * then.
 * <ol>
 * <li>{@code AbstractMongoCollection}: all updates read their documents with
 * {@code queryDocuments}, change them, check and change the indexes, and pass them to
 * {@code handleUpdate}, which stores them. An update puts new values into a document and
 * does not change its old values. (Test: {@code StoredDocumentsTest})</li>
 * <li>{@code AbstractMongoCollection.queryDocuments} uses the first index that can handle
 * the query, and checks each document of the index with {@code documentMatchesQuery}.
 * (Test: {@code EmbeddedCollectionTest})</li>
 * <li>{@code AbstractMongoCollection} reads the size of the data only for statistics, so
 * {@code tracksDataSize} may be false. {@code Aggregation.runStages} runs a pipeline on
 * given documents. {@code ProjectStage} runs one projection, and
 * {@code Expression.evaluateDocument} one expression. (Test:
 * {@code EmbeddedCollectionTest})</li>
 * <li>{@code AbstractMongoDatabase} calls {@code openOrCreateSecondaryIndex} for a
 * non-unique index, on creation and when it opens the files, and fills an index that is
 * empty. (Test: {@code EmbeddedCollectionTest})</li>
 * <li>{@code H2Database} calls {@code initializeNamespacesAndIndexes} in its constructor.
 * (Any test of the engine)</li>
 * <li>{@code H2Collection} stores a document under its id, which is its position in the
 * indexes. {@code AbstractMongoCollection} calls {@code checkAdd} of each index before it
 * stores a document with {@code addDocumentInternal}, calls {@code add} of each index
 * after it, and does not change ids. (Test: {@code EmbeddedEngineTest})</li>
 * <li>{@code H2Database} stores a collection in the maps
 * {@code databases.<database>.<name>} and {@code meta.<database>.<name>}, and a unique
 * index in {@code <database>.<collection>._index_<name>}. (Test:
 * {@code LibraryInternalsTest})</li>
 * <li>H2 writes keys and values with {@code ObjectDataType}: by default with Java
 * serialization, as in files of earlier versions, and with a positive number before each
 * value. It compares keys by their serialized bytes. Equal documents can have different
 * bytes, so {@code IdType} compares their values. (Tests: {@code LibraryInternalsTest},
 * {@code BsonTypeTest}, {@code EmbeddedEngineTest})</li>
 * <li>{@code AbstractMongoBackend.handleMessage} runs a command whose name is the first
 * field of the message. H2 closes the store after a failed write. (Test:
 * {@code FullDiskTest})</li>
 * <li>The library logs under {@code de.bwaldvogel.mongo}, and failed commands under
 * {@code de.bwaldvogel.mongo.wire}; {@code application.yml} restricts both. (Test:
 * {@code LogPrivacyTest})</li>
 * </ol>
 */
@NullMarked
package dev.lastseat.embedded;

import org.jspecify.annotations.NullMarked;
