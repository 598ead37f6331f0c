/**
 * The interface between backends and protocols: a backend does I/O ({@link dev.leantea.wire.Wire})
 * and runs threads ({@link dev.leantea.wire.Owner}); a protocol handles events ({@link
 * dev.leantea.wire.WireListener}). Exported to LeanTea's own backends only.
 */
@NullMarked
package dev.leantea.wire;

import org.jspecify.annotations.NullMarked;
