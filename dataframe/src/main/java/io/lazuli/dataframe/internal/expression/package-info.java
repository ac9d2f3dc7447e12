/// Bound expressions and how they are evaluated, a batch at a time.
@NullMarked
package io.lazuli.dataframe.internal.expression;

import org.jspecify.annotations.NullMarked;
