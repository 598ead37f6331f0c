/** JSON for requests, responses and errors: one Jackson mapper, no hand-made JSON strings. */
@NullMarked
package dev.leantea.json;

import org.jspecify.annotations.NullMarked;
