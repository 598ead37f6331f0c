/** Access logs, and ids that tie log lines to requests. */
@NullMarked
package dev.leantea.log;

import org.jspecify.annotations.NullMarked;
