/**
 * What waits in the event loop itself, for handlers that ask a database or an upstream: sockets to
 * other servers, and further threads.
 */
@NullMarked
package dev.leantea.net;

import org.jspecify.annotations.NullMarked;
