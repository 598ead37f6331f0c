/** One sequence of items for many subscribers, each with a bounded queue. Internal. */
@NullMarked
package dev.leantea.topic;

import org.jspecify.annotations.NullMarked;
