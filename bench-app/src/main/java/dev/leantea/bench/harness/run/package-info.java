/** The course of a run: rounds, turns, progress, cleaning up. */
@NullMarked
package dev.leantea.bench.harness.run;

import org.jspecify.annotations.NullMarked;
