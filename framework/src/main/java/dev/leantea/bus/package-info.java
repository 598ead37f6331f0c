/**
 * Messages that all instances of an application receive, in one order for each topic.
 *
 * <pre>
 *  publish ─▶ Bus ─▶ Redis stream, or PostgreSQL table ─┬▶ reader of instance 1 ─▶ Broadcast, Room ─▶ its clients
 *             (blocks)                                  └▶ reader of instance 2 ─▶ …
 * </pre>
 *
 * <p>The libraries of the two are optional dependencies: {@code redis.clients:jedis} and {@code
 * org.postgresql:postgresql}.
 */
@NullMarked
package dev.leantea.bus;

import org.jspecify.annotations.NullMarked;
