/// Lazy parallel dataframes: [io.lazuli.dataframe.DataFrame] and what its calls are made of. Begin with
/// `import static io.lazuli.dataframe.Expressions.*`.
@NullMarked
package io.lazuli.dataframe;

import org.jspecify.annotations.NullMarked;
