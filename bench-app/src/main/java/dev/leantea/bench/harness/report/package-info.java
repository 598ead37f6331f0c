/** A run's figures for people: table, HTML and Markdown. */
@NullMarked
package dev.leantea.bench.harness.report;

import org.jspecify.annotations.NullMarked;
