/** Values of a request, checked one by one and refused all at once. */
@NullMarked
package dev.leantea.validation;

import org.jspecify.annotations.NullMarked;
