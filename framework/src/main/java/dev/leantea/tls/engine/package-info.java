/**
 * TLS as a layer between a backend and a protocol: {@link dev.leantea.tls.engine.TlsEngine} is the
 * seam between the layer and the library that encrypts. Exported to LeanTea's own backends only.
 */
@NullMarked
package dev.leantea.tls.engine;

import org.jspecify.annotations.NullMarked;
