/**
 * Certificates and keys of a server, as they are read from files. Exported to LeanTea's own
 * backends only.
 */
@NullMarked
package dev.leantea.tls.certificate;

import org.jspecify.annotations.NullMarked;
