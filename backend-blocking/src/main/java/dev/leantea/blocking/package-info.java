/**
 * The blocking backend: one virtual thread reads, handles and writes for one connection, so a stack
 * trace shows the whole way from socket to handler.
 *
 * <pre>
 *  Acceptor (N, each its own SO_REUSEPORT listener) ─ accept ─▶ virtual thread ─▶ BlockingConnection
 *  Sweeper  (1) ─ a few times a second ─▶ idle connections, stalled readers
 * </pre>
 */
@NullMarked
package dev.leantea.blocking;

import org.jspecify.annotations.NullMarked;
