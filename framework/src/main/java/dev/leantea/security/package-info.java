/**
 * Filters against attacks on users and services: requests and reads from other sites, missing
 * security headers, unknown clients, forged addresses.
 */
@NullMarked
package dev.leantea.security;

import org.jspecify.annotations.NullMarked;
