/** Files of a folder, with conditional and range requests. */
@NullMarked
package dev.leantea.files;

import org.jspecify.annotations.NullMarked;
