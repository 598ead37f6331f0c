/**
 * What all backends do alike with a server: prepare the JVM, open listeners, react to a shortage of
 * file descriptors. Exported to LeanTea's own backends only.
 */
@NullMarked
package dev.leantea.server;

import org.jspecify.annotations.NullMarked;
