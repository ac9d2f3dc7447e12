/// What all parts of the dataframe share: its messages.
@NullMarked
package io.lazuli.dataframe.internal;

import org.jspecify.annotations.NullMarked;
