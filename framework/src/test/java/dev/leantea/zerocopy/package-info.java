@NullMarked
package dev.leantea.zerocopy;

import org.jspecify.annotations.NullMarked;
