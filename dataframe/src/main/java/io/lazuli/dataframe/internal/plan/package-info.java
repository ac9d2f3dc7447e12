/// Logical plans: records that know their schema, and the driver of the rules that rewrite them.
@NullMarked
package io.lazuli.dataframe.internal.plan;

import org.jspecify.annotations.NullMarked;
