/** Tests of {@code dev.leantea.routing}. */
@NullMarked
package dev.leantea.routing;

import org.jspecify.annotations.NullMarked;
