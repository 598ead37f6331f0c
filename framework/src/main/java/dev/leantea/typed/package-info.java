/**
 * Typed routes: an application declares its pages as records of a sealed interface, and {@link
 * dev.leantea.typed.Routes} converts between a page and its URL in both directions. A link to a
 * page that was removed does not compile, and neither does a page without a handler.
 */
@NullMarked
package dev.leantea.typed;

import org.jspecify.annotations.NullMarked;
