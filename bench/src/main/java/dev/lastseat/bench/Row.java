package dev.lastseat.bench;

import org.jspecify.annotations.Nullable;

/**
 * A comparison of two candidates: the ratio of the first's value to the second's.
 *
 * @param name a short name, for {@code --only}
 * @param what a description, for the report
 * @param goal the goal of the ratio; null for none
 */
record Row(String name, String what, @Nullable Goal goal, Measure measure, Candidate first, Candidate second) {
}
