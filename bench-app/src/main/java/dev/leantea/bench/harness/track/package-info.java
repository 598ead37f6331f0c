/** Figures over time: payload, history and verdict of the tracker. */
@NullMarked
package dev.leantea.bench.harness.track;

import org.jspecify.annotations.NullMarked;
