/// What went wrong and who can do something about it: one exception, and what user functions throw on its way there.
@NullMarked
package io.lazuli.graph.error;

import org.jspecify.annotations.NullMarked;
