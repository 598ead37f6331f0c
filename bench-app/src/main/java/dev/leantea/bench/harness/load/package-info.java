/** The load generator wrk, from PATH or in a container. */
@NullMarked
package dev.leantea.bench.harness.load;

import org.jspecify.annotations.NullMarked;
