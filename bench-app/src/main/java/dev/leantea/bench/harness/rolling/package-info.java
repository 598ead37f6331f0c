/**
 * Instances behind a load balancer, restarted one after the other under load: {@code bench
 * rolling}.
 *
 * <pre>
 *  RollingRun ─┬▶ Traffic: clients of HTTP/1.1, HTTP/2, events, WebSocket ─▶ Balancer ─▶ instance …
 *              ├▶ ServerProcess: SIGTERM, exit, start, ready                  (a process each)
 *              └▶ Tally: what was answered, and what failed
 * </pre>
 */
@NullMarked
package dev.leantea.bench.harness.rolling;

import org.jspecify.annotations.NullMarked;
