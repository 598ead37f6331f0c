/** Tests of the codec, in memory: no socket, no thread but the test's, a clock set by hand. */
@NullMarked
package dev.leantea.exchange;

import org.jspecify.annotations.NullMarked;
