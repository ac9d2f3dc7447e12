package io.lazuli.dataframe.io;

/// What becomes of rows of a text file that are not as they should be: with too few or too many fields, with quotes in
/// wrong places, with a text that is no value of its column's type.
public enum BadRows {
    /// The first one fails the job, with an error that names file, line, column and text.
    FAIL,
    /// What is bad becomes null: a field that is no value, fields that are missing. Fields too many are dropped. Of a row
    /// with quotes in wrong places, all fields from there to the end of the line are null.
    NULLS,
    /// The row is left out. Then all columns are looked at, also those that a query does not ask for.
    SKIP
}
