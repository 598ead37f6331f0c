/**
 * What all backends do alike with a server: its life cycle, its listeners, what the JVM needs
 * before, and how a shortage of file descriptors is met. Exported to LeanTea's own backends only.
 *
 * <pre>
 *  LeanTea.serve ─▶ backend ─▶ Lifecycle ◀── Work: connections, handlers ── a loop, or all of blocking
 *                                  └─ close ─▶ Drain ─▶ ServerEngine: how a backend stops
 * </pre>
 */
@NullMarked
package dev.leantea.server;

import org.jspecify.annotations.NullMarked;
