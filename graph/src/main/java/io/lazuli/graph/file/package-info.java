/// Files that collections read, as they were when a plan was built.
@NullMarked
package io.lazuli.graph.file;

import org.jspecify.annotations.NullMarked;
