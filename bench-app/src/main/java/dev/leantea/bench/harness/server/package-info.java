/** The measured servers: how each is started, watched and ended. */
@NullMarked
package dev.leantea.bench.harness.server;

import org.jspecify.annotations.NullMarked;
