/**
 * Values of the JDK's types and of enums, read from text: one reader for queries, paths, routes.
 */
@NullMarked
package dev.leantea.values;

import org.jspecify.annotations.NullMarked;
