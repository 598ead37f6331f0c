/** Server spans, for OpenTelemetry. */
@NullMarked
package dev.leantea.tracing;

import org.jspecify.annotations.NullMarked;
