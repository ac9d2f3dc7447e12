/// What operators share. Each kind of operator has a package of its own.
@NullMarked
package io.lazuli.dataframe.internal.operator;

import org.jspecify.annotations.NullMarked;
