package dev.lastseat.mongo;

/**
 * The contracts on a MongoDB replica set in a container.
 */
@OnEngine(Engine.CONTAINER)
class MongoContainerContractTest extends StorageContracts {

}
