/** Figures over time: history and comparison with the best before. */
@NullMarked
package dev.leantea.bench.harness.track;

import org.jspecify.annotations.NullMarked;
