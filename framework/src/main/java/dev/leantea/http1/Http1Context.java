package dev.leantea.http1;

import dev.leantea.http.Handler;
import dev.leantea.http.Limits;

/**
 * What the connections of one owner thread share: the application, the limits, and scratch memory.
 * A loop has one; so has each connection of the blocking backend.
 */
public final class Http1Context {
  final Handler handler;
  final Limits limits;
  final ResponseWriter writer = new ResponseWriter();
  final int[] lineEnds;
  final long headNanos;
  final long idleNanos;
  final long stallNanos;

  public Http1Context(Handler handler, Limits limits) {
    this.handler = handler;
    this.limits = limits;
    this.lineEnds = new int[limits.fieldCount() + 1];
    this.headNanos = limits.headTimeout().toNanos();
    this.idleNanos = limits.idleTimeout().toNanos();
    this.stallNanos = limits.stallTimeout().toNanos();
  }
}
