/** The one-line start: {@link dev.leantea.LeanTea#serve}. */
@NullMarked
package dev.leantea;

import org.jspecify.annotations.NullMarked;
