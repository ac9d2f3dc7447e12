/// Rows as estimators see them: numbers by column, and what goes with each row.
@NullMarked
package io.lazuli.ml.internal.data;

import org.jspecify.annotations.NullMarked;
