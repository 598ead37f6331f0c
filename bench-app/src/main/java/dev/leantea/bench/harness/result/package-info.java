/** The figures of a run: records that are its JSON, and the statistics over them. */
@NullMarked
package dev.leantea.bench.harness.result;

import org.jspecify.annotations.NullMarked;
