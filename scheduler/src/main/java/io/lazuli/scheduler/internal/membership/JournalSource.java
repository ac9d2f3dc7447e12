package io.lazuli.scheduler.internal.membership;

import java.util.List;

/// Where what is known of jobs is read. [Journal] says what holds of each method.
public interface JournalSource {
    List<String> jobs();

    JournalContent read(String job);
}
