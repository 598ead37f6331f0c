/** Meters of a server, for Micrometer. */
@NullMarked
package dev.leantea.metrics;

import org.jspecify.annotations.NullMarked;
