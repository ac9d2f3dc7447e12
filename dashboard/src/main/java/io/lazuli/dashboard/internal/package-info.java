/// Messages of this module.
@NullMarked
package io.lazuli.dashboard.internal;

import org.jspecify.annotations.NullMarked;
