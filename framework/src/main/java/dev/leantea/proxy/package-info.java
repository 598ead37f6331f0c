/** The PROXY protocol: a load balancer says whose connection it passes on. */
@NullMarked
package dev.leantea.proxy;

import org.jspecify.annotations.NullMarked;
