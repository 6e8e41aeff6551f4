package dev.lastseat.mongo;

/**
 * The contracts on the embedded engine with small segments, so that most registrations
 * are sealed.
 */
@OnEngine(value = Engine.EMBEDDED, segmentSize = 4)
class SmallSegmentsContractTest extends StorageContracts {

}
