/// Frames as text.
@NullMarked
package io.lazuli.dataframe.internal.show;

import org.jspecify.annotations.NullMarked;
