/// Cutting rows into slices for an exchange.
@NullMarked
package io.lazuli.dataframe.internal.operator.partition;

import org.jspecify.annotations.NullMarked;
