/// The language of query strings: from text to calls of a [Builder]. Knows nothing of frames, columns or types.
@NullMarked
package io.lazuli.dataframe.internal.parse;

import org.jspecify.annotations.NullMarked;
