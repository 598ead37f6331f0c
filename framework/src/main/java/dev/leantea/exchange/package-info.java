/**
 * One request and its response, whatever the protocol: calls the handler, carries bodies between
 * the connection's owner thread and the handler's, and asks the protocol for the rest through
 * {@link dev.leantea.exchange.ExchangeChannel}. Exported to LeanTea's own backends only.
 */
@NullMarked
package dev.leantea.exchange;

import org.jspecify.annotations.NullMarked;
