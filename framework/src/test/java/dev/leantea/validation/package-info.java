@NullMarked
package dev.leantea.validation;

import org.jspecify.annotations.NullMarked;
