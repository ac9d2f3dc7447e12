package io.lazuli.dataframe.internal.source;

import io.lazuli.graph.memory.Reservation;
import java.util.List;
import io.lazuli.dataframe.type.DataType;

/// How tasks turn rows into pieces of a file, which its [TableWriter] then only has to put one behind the other. A record,
/// hashed by content.
public interface PartEncoding {
    /// What people see in plans, such as `parquet`.
    String name();

    /// Ownership: the encoder allocates from `memory` and frees nothing.
    PartEncoder open(List<DataType> types, Reservation memory);
}
