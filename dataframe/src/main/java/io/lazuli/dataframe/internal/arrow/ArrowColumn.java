package io.lazuli.dataframe.internal.arrow;

import java.util.OptionalLong;

/// A column of a file, and where its parts are in a record batch.
///
/// @param dictionary id of the dictionary that the column's numbers refer to, whose values are of `form`
/// @param index      form of these numbers
/// @param node       its first node, before which as many nodes stand
/// @param buffer     likewise, not counting the data of columns of views
/// @param views      columns of views before it
record ArrowColumn(
        String name, ArrowForm form, OptionalLong dictionary, ArrowForm index, int node, int buffer, int views) {
    /// What a record batch has of it.
    ArrowForm stored() {
        return dictionary.isPresent() ? index : form;
    }

    /// The same values as the single column of a dictionary batch.
    ArrowColumn ofDictionary() {
        return new ArrowColumn(name, form, OptionalLong.empty(), index, 0, 0, 0);
    }
}
