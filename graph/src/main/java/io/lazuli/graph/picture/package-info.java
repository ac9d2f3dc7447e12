/// Pictures of graphs, as SVG and for Graphviz.
@NullMarked
package io.lazuli.graph.picture;

import org.jspecify.annotations.NullMarked;
