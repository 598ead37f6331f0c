/** A run: its servers, loads, rounds and progress, and wrk, which sends the loads. */
@NullMarked
package dev.leantea.bench.harness.run;

import org.jspecify.annotations.NullMarked;
