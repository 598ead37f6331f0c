/**
 * A server for tests, and a client that checks answers: over a socket, or in memory without a port.
 */
@NullMarked
package dev.leantea.testing;

import org.jspecify.annotations.NullMarked;
