/// Accumulators: one for each aggregate, with its state in flat arrays by group.
@NullMarked
package io.lazuli.dataframe.internal.operator.aggregate;

import org.jspecify.annotations.NullMarked;
