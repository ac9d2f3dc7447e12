/// Rewritings of graphs that keep their results: what nobody needs is left out, what can be one task becomes one, and tasks are
/// numbered so that few results are alive at once.
@NullMarked
package io.lazuli.graph.pass;

import org.jspecify.annotations.NullMarked;
