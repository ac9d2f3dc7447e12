package io.lazuli.graph.bag;

/// A line of a text file, without its line break, and the absolute path of the file.
public record TextLine(String path, String text) {}
