/// Who belongs to a cluster, who leads it, and what must outlive the one who leads: the only package that knows Hazelcast.
@NullMarked
package io.lazuli.scheduler.internal.membership;

import org.jspecify.annotations.NullMarked;
