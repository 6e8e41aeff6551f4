package dev.lastseat.mongo;

/**
 * The contracts on the embedded engine.
 */
@OnEngine(Engine.EMBEDDED)
class EmbeddedEngineContractTest extends StorageContracts {

}
