/**
 * What a handler sees: {@link dev.leantea.http.Request} in, {@link dev.leantea.http.Response} out.
 *
 * <p>No method of this package accepts or returns {@code null}.
 */
@NullMarked
package dev.leantea.http;

import org.jspecify.annotations.NullMarked;
