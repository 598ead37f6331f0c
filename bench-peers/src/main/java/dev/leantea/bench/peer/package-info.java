/** Servers that are not LeanTea's, which the benchmark starts as processes of their own. */
@NullMarked
package dev.leantea.bench.peer;

import org.jspecify.annotations.NullMarked;
