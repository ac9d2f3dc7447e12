/// Scalers and encoders. A missing value is left out when they are fitted, and stays missing.
@NullMarked
package io.lazuli.ml.preprocessing;

import org.jspecify.annotations.NullMarked;
