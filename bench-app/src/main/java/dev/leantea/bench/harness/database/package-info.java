/** What {@code bench db} needs beside the servers: a database, and checks of their answers. */
@NullMarked
package dev.leantea.bench.harness.database;

import org.jspecify.annotations.NullMarked;
