/** Tests of {@code dev.leantea.http}. */
@NullMarked
package dev.leantea.http;

import org.jspecify.annotations.NullMarked;
