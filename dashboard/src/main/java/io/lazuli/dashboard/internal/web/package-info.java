/// What is answered to whom, without a server.
@NullMarked
package io.lazuli.dashboard.internal.web;

import org.jspecify.annotations.NullMarked;
