/**
 * Sealed segments: old registrations leave the event document for a collection of their
 * own, so that the document stays small. Decisions stay in the event document.
 */
@NullMarked
package dev.lastseat.mongo.segments;

import org.jspecify.annotations.NullMarked;
