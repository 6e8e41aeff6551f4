package dev.lastseat.mongo;

/**
 * The contracts on the library below the embedded engine, without the changes of the
 * embedded engine.
 */
@OnEngine(Engine.LIBRARY)
class LibraryContractTest extends StorageContracts {

}
