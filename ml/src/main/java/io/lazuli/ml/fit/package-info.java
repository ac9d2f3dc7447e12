/// What estimators are made of: fits that go over rows in partitions, and what they see of them. For those who write an estimator of
/// their own.
@NullMarked
package io.lazuli.ml.fit;

import org.jspecify.annotations.NullMarked;
