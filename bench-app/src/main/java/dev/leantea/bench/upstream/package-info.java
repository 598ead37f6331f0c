/** Routes whose handlers ask another HTTP server: a proxy for token streams, and a plain one. */
@NullMarked
package dev.leantea.bench.upstream;

import org.jspecify.annotations.NullMarked;
