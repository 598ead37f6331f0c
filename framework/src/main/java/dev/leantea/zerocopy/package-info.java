/**
 * Files on their way to a client without passing through the heap. Exported to LeanTea's own
 * backends only.
 */
@NullMarked
package dev.leantea.zerocopy;

import org.jspecify.annotations.NullMarked;
