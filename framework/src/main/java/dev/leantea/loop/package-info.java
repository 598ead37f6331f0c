/**
 * What event-loop backends share beyond the codec: virtual threads that a loop carries. Exported to
 * LeanTea's own backends only.
 */
@NullMarked
package dev.leantea.loop;

import org.jspecify.annotations.NullMarked;
