/** Servers of others, to measure ours against. */
@NullMarked
package dev.leantea.bench.harness.peer;

import org.jspecify.annotations.NullMarked;
