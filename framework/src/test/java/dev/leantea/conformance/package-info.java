/**
 * The contract: what a user sees of a server, tested through real sockets. A backend's test extends
 * a suite and names its specification; nothing else.
 */
@NullMarked
package dev.leantea.conformance;

import org.jspecify.annotations.NullMarked;
