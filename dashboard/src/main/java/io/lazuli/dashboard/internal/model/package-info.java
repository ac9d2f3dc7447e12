/// What the pages show, folded from an engine's events.
@NullMarked
package io.lazuli.dashboard.internal.model;

import org.jspecify.annotations.NullMarked;
