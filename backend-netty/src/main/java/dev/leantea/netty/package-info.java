/**
 * The Netty backend: Netty's event loops and transports carry the bytes, LeanTea's codec reads
 * them, so that the same bytes get the same answer as on every other backend.
 *
 * <pre>
 *  Netty channel ─ channelRead ─▶ NettyConnection ─▶ Http1Connection ─▶ handler
 *                ◀ writeAndFlush ─┘  NettyLoop: what the connections of one event loop share
 * </pre>
 */
@NullMarked
package dev.leantea.netty;

import org.jspecify.annotations.NullMarked;
