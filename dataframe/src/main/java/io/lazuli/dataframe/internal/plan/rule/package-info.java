/// The rules of the optimizer, one a file.
@NullMarked
package io.lazuli.dataframe.internal.plan.rule;

import org.jspecify.annotations.NullMarked;
