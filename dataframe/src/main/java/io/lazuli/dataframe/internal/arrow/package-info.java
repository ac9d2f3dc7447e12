/// Reads and writes Arrow's IPC format, files and streams, without Arrow's own library.
@NullMarked
package io.lazuli.dataframe.internal.arrow;

import org.jspecify.annotations.NullMarked;
