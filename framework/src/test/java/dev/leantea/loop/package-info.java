@NullMarked
package dev.leantea.loop;

import org.jspecify.annotations.NullMarked;
