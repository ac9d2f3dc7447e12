/// [io.lazuli.graph.bag.Bag]: lazy collections of any Java values in partitions.
@NullMarked
package io.lazuli.graph.bag;

import org.jspecify.annotations.NullMarked;
