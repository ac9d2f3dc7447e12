/// Lazy parallel dataframes: [io.lazuli.dataframe.DataFrame] and what its calls are made of. Begin with
/// `import static io.lazuli.dataframe.Expressions.*`.
package io.lazuli.dataframe;
