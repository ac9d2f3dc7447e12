/// Directories that belong to one process.
@NullMarked
package io.lazuli.scheduler.internal.file;

import org.jspecify.annotations.NullMarked;
