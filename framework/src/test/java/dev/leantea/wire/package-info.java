@NullMarked
package dev.leantea.wire;

import org.jspecify.annotations.NullMarked;
