/**
 * Sessions: what a server knows about a user from one request to the next.
 *
 * <pre>
 *  cookie ─▶ Sessions.filter ─▶ SessionSlot ─ read when a handler asks ─▶ Keeper ┬ CookieKeeper: decrypts the cookie
 *                                                                                └ StoreKeeper ─▶ SessionStore: memory, Redis
 * </pre>
 */
@NullMarked
package dev.leantea.session;

import org.jspecify.annotations.NullMarked;
