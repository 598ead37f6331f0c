@NullMarked
package dev.leantea.metrics;

import org.jspecify.annotations.NullMarked;
