/// Writes JSON.
@NullMarked
package io.lazuli.dashboard.internal.json;

import org.jspecify.annotations.NullMarked;
