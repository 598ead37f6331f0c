@NullMarked
package dev.leantea.security;

import org.jspecify.annotations.NullMarked;
