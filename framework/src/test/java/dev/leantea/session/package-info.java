@NullMarked
package dev.leantea.session;

import org.jspecify.annotations.NullMarked;
