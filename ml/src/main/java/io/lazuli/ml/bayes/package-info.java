/// Classifiers that take features to be independent of each other within a class.
@NullMarked
package io.lazuli.ml.bayes;

import org.jspecify.annotations.NullMarked;
