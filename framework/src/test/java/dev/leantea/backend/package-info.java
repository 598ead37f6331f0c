/** Tests of {@code dev.leantea.backend}. */
@NullMarked
package dev.leantea.backend;

import org.jspecify.annotations.NullMarked;
