/// A running or recorded engine in the browser.
@NullMarked
package io.lazuli.dashboard;

import org.jspecify.annotations.NullMarked;
