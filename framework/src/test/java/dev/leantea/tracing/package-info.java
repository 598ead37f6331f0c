@NullMarked
package dev.leantea.tracing;

import org.jspecify.annotations.NullMarked;
