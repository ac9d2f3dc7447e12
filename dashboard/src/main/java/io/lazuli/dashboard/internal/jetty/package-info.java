/// The web server.
@NullMarked
package io.lazuli.dashboard.internal.jetty;

import org.jspecify.annotations.NullMarked;
