/**
 * TLS by the system's OpenSSL 3, called through {@code java.lang.foreign}: no native file is
 * shipped. Exported to LeanTea's own backends only.
 *
 * <pre>
 *  OpenSslEngine ─▶ OpenSslContext     SSL and SSL_CTX: one per connection, one per certificate
 *       │  └─ HandshakeTask            private key operations beside the event loop
 *       ├─ Bios, BiosPool              ciphertext between Java and OpenSSL
 *       └─ Libssl, Libcrypto ─▶ Calls  the functions, by name; Abi has the constants
 * </pre>
 */
@NullMarked
package dev.leantea.tls.openssl;

import org.jspecify.annotations.NullMarked;
