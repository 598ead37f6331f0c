/**
 * The seam between a backend and a protocol: a backend moves bytes ({@link dev.leantea.wire.Wire})
 * and runs threads ({@link dev.leantea.wire.Owner}); a protocol listens ({@link
 * dev.leantea.wire.WireListener}). Exported to LeanTea's own backends only.
 */
@NullMarked
package dev.leantea.wire;

import org.jspecify.annotations.NullMarked;
