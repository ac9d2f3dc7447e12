package io.lazuli.dataframe;

/// What [DateOperations#truncate] cuts a date or time down to.
public enum DateUnit {
    MILLISECOND,
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    /// From Monday, as ISO 8601 has it.
    WEEK,
    MONTH,
    QUARTER,
    YEAR
}
