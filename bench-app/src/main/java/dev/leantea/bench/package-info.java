/** The runnable jar: {@code serve} and the benchmark harness. */
@NullMarked
package dev.leantea.bench;

import org.jspecify.annotations.NullMarked;
