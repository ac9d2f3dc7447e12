/// Small dense linear algebra, by EJML.
@NullMarked
package io.lazuli.ml.internal.ejml;

import org.jspecify.annotations.NullMarked;
