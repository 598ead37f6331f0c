@NullMarked
package dev.leantea.testing;

import org.jspecify.annotations.NullMarked;
