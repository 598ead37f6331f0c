/**
 * Routing: a {@link dev.leantea.routing.Router} is a handler that picks a handler by path and
 * method.
 */
@NullMarked
package dev.leantea.routing;

import org.jspecify.annotations.NullMarked;
