/// Keys of groups and joins: how they are laid out, hashed and numbered.
@NullMarked
package io.lazuli.dataframe.internal.operator.key;

import org.jspecify.annotations.NullMarked;
