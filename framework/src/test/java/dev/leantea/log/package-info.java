@NullMarked
package dev.leantea.log;

import org.jspecify.annotations.NullMarked;
