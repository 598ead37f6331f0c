/** Containers through Testcontainers. Nothing outside names these classes but by reflection. */
@NullMarked
package dev.leantea.bench.harness.container.docker;

import org.jspecify.annotations.NullMarked;
