/// The `lazuli` command.
@NullMarked
package io.lazuli.cli;

import org.jspecify.annotations.NullMarked;
