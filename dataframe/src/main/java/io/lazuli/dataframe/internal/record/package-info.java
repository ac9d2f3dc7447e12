/// Rows as records of the user's program, and back.
@NullMarked
package io.lazuli.dataframe.internal.record;

import org.jspecify.annotations.NullMarked;
