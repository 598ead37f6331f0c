/** The configuration of TLS: certificates, keys and which clients are trusted. */
@NullMarked
package dev.leantea.tls;

import org.jspecify.annotations.NullMarked;
