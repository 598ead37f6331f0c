/** {@code bench soak}: everything at once for a long time, and what is left of it afterwards. */
@NullMarked
package dev.leantea.bench.soak;

import org.jspecify.annotations.NullMarked;
