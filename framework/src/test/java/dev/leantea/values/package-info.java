@NullMarked
package dev.leantea.values;

import org.jspecify.annotations.NullMarked;
