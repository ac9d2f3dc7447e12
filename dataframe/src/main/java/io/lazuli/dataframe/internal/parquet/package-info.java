/// The Parquet format. Nothing else imports parquet-java.
@NullMarked
package io.lazuli.dataframe.internal.parquet;

import org.jspecify.annotations.NullMarked;
