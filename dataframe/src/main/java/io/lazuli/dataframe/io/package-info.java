/// Options of reading and writing files.
@NullMarked
package io.lazuli.dataframe.io;

import org.jspecify.annotations.NullMarked;
