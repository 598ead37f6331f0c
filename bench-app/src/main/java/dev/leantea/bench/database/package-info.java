/** The database routes of the TechEmpower benchmarks, in plain JDBC. */
@NullMarked
package dev.leantea.bench.database;

import org.jspecify.annotations.NullMarked;
