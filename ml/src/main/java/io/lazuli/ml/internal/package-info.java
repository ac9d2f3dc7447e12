/// What the packages of ml share.
@NullMarked
package io.lazuli.ml.internal;

import org.jspecify.annotations.NullMarked;
