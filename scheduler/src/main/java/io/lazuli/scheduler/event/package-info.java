/// What an engine tells of itself: one stream of events in packed blocks, its log file, and views that fold it, live or replayed.
@NullMarked
package io.lazuli.scheduler.event;

import org.jspecify.annotations.NullMarked;
