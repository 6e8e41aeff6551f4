package dev.lastseat.mongo;

/**
 * The contracts on the server that an environment variable names, with small segments, so
 * that most registrations are sealed.
 */
@OnEngine(value = Engine.NAMED_SERVER, segmentSize = 4)
class SmallSegmentsServerContractTest extends StorageContracts {

}
