/// What formats of text records share: their bytes, plain or compressed; fields in a window of them; values from fields.
@NullMarked
package io.lazuli.dataframe.internal.text;

import org.jspecify.annotations.NullMarked;
