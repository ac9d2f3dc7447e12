/// What all TLS links of a cluster have in common.
@NullMarked
package io.lazuli.scheduler.internal.tls;

import org.jspecify.annotations.NullMarked;
