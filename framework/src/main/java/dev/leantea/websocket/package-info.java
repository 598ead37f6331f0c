/**
 * WebSocket (RFC 6455) with permessage-deflate (RFC 7692), in direct style over an upgraded
 * connection. The state machines are free of I/O:
 *
 * <pre>
 *  bytes ─▶ FrameParser ─▶ MessageParser ─▶ Event ─▶ WebSocketSession ─▶ receive()
 *                            Utf8Validator              PingTimer, close handshake
 *                            Inflation                        │
 *  bytes ◀─ FrameWriter ◀─ Deflation ◀───────────────────────┴──────────── send()
 * </pre>
 */
@NullMarked
package dev.leantea.websocket;

import org.jspecify.annotations.NullMarked;
