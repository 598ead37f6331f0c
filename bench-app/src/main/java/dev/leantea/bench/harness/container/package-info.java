/**
 * Containers, for machines without wrk or nginx on PATH. The library that drives the engine is kept
 * apart from the server: see {@link dev.leantea.bench.harness.container.ContainerEngines}.
 */
@NullMarked
package dev.leantea.bench.harness.container;

import org.jspecify.annotations.NullMarked;
