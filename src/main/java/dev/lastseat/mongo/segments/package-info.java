/**
 * Sealed segments: moves the oldest registrations out of an event document into a
 * collection of their own, so that the document stays small.
 * <p>
 * Every decision about an event stays in its document. The package may use
 * {@code booking} and, of the package {@code mongo}, the documents, the collections, the
 * error translation and the failure log. {@code mongo} enters it through
 * {@link dev.lastseat.mongo.segments.SegmentMaintenance} and reads through
 * {@link dev.lastseat.mongo.segments.SealedUserLookup} and
 * {@link dev.lastseat.mongo.segments.SealedRegistrations}.
 */
@NullMarked
package dev.lastseat.mongo.segments;

import org.jspecify.annotations.NullMarked;
