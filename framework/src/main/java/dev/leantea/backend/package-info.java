/**
 * The backend SPI, and the picker that finds a backend on the path. An application needs {@link
 * dev.leantea.backend.Backends}; the rest is for those who write a backend.
 */
@NullMarked
package dev.leantea.backend;

import org.jspecify.annotations.NullMarked;
