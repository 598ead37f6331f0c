/**
 * Server-sent events (HTML Living Standard §9.2) over a streamed body, in direct style.
 *
 * <pre>
 *  Sse.events(events -> events.send(Event.of("hello")))      one client, one thread
 *  Broadcast.publish ─▶ Topic: a queue for each subscriber ─▶ its thread ─▶ Events ─▶ client
 * </pre>
 */
@NullMarked
package dev.leantea.sse;

import org.jspecify.annotations.NullMarked;
