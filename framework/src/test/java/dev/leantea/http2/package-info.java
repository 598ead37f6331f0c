/** Tests of the codec, in memory: no socket, no thread but the test's, a clock set by hand. */
@NullMarked
package dev.leantea.http2;

import org.jspecify.annotations.NullMarked;
