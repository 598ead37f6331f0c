/**
 * Typed routes: an application declares its pages as records of a sealed interface, and {@link
 * dev.leantea.typed.Routes} goes both ways between a page and its URL. A link to a page that is
 * gone does not compile, and neither does a page that nobody answers.
 */
@NullMarked
package dev.leantea.typed;

import org.jspecify.annotations.NullMarked;
