/** Tests of {@link dev.leantea.tls.certificate}. */
@NullMarked
package dev.leantea.tls.certificate;

import org.jspecify.annotations.NullMarked;
