package io.lazuli.graph.error;

/// Who can do something about an error.
public enum ErrorCode {
    /// The program asks for something that cannot be: a wrong name, a wrong type, a user function that throws.
    USER,
    /// The data is not what it claims to be: a malformed file, an overflow, a type that does not parse.
    DATA,
    /// The machine has no more of something: memory, disk, a file that cannot be opened or written.
    RESOURCE,
    /// The job was cancelled before it ended.
    CANCELLED,
    /// A defect of Lazuli.
    INTERNAL
}
