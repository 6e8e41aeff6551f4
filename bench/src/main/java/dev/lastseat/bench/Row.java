package dev.lastseat.bench;

import org.jspecify.annotations.Nullable;

/**
 * A comparison: of the first candidate's figure to the second's.
 *
 * @param name short, to be asked for
 * @param what is compared, for people to read
 * @param goal of the ratio; null where there is none
 */
record Row(String name, String what, @Nullable Goal goal, Measure measure, Candidate first, Candidate second) {
}
