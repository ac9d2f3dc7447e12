/// The types of columns, and the schema of a frame.
@NullMarked
package io.lazuli.dataframe.type;

import org.jspecify.annotations.NullMarked;
