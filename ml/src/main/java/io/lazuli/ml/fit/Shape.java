package io.lazuli.ml.fit;

/// What a fit knows of data before it sees rows.
///
/// @param classes of the target; [Classes#NONE] where it is a number, or there is none
public record Shape(Features features, Classes classes) {}
