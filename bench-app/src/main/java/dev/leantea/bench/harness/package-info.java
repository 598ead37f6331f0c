/** The {@code bench} command line: what is measured, and what is done with the figures. */
@NullMarked
package dev.leantea.bench.harness;

import org.jspecify.annotations.NullMarked;
