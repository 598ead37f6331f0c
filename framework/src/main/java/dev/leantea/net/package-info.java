/** Sockets to other servers, for handlers that wait for a database or an upstream. */
@NullMarked
package dev.leantea.net;

import org.jspecify.annotations.NullMarked;
