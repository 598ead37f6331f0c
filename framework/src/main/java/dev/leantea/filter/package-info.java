/** Filters for any application. */
@NullMarked
package dev.leantea.filter;

import org.jspecify.annotations.NullMarked;
