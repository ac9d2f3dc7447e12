/// The format of JSON lines: sampling, reading and writing.
@NullMarked
package io.lazuli.dataframe.internal.json;

import org.jspecify.annotations.NullMarked;
