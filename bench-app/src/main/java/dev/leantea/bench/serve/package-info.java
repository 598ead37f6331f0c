/** The server: a command and its routes. Nothing of the harness is loaded by it. */
@NullMarked
package dev.leantea.bench.serve;

import org.jspecify.annotations.NullMarked;
