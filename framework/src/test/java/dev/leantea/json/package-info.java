/** Tests of {@code dev.leantea.json}. */
@NullMarked
package dev.leantea.json;

import org.jspecify.annotations.NullMarked;
