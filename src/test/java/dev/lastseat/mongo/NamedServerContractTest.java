package dev.lastseat.mongo;

/**
 * The contracts on the server that an environment variable names.
 */
@OnEngine(Engine.NAMED_SERVER)
class NamedServerContractTest extends StorageContracts {

}
