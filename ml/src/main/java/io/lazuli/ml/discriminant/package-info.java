/// Classifiers that take classes to be normal distributions.
@NullMarked
package io.lazuli.ml.discriminant;

import org.jspecify.annotations.NullMarked;
