/**
 * The reactor backend: N event loops, each with its own listener, connections, buffers and timers.
 * Nothing is shared between loops, and nothing is locked.
 *
 * <pre>
 *  Loop ─ turn ─▶ Engine ─ received ─▶ Connection ─▶ Http1Connection ─▶ handler
 *   │              ▲                       │ send, flush
 *   │              └──── EngineSocket ◀────┘ SendQueue
 *   └ tasks: virtual threads that it carries, calls from other threads
 * </pre>
 *
 * An engine is small: see {@link dev.leantea.reactor.Engine}.
 */
@NullMarked
package dev.leantea.reactor;

import org.jspecify.annotations.NullMarked;
