/** Tests of typed routes. */
@NullMarked
package dev.leantea.typed;

import org.jspecify.annotations.NullMarked;
