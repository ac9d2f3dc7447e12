/// What formats implement: sources, readers of batches, targets of writing.
@NullMarked
package io.lazuli.dataframe.internal.source;

import org.jspecify.annotations.NullMarked;
