/// What fitted models can do. A model is a value; what can be done with all of its kind is said here.
@NullMarked
package io.lazuli.ml.model;

import org.jspecify.annotations.NullMarked;
