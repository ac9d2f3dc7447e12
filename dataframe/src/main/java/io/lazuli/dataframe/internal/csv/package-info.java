/// The CSV format: sampling, cutting, reading and writing.
@NullMarked
package io.lazuli.dataframe.internal.csv;

import org.jspecify.annotations.NullMarked;
