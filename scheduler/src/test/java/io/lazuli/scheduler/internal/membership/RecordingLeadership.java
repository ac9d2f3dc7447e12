package io.lazuli.scheduler.internal.membership;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Notes what it hears.
final class RecordingLeadership implements LeadershipListener {
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void elected(Leader self) {
        heard.add("elected " + self.epoch());
    }

    @Override
    public void following(Leader leader) {
        heard.add("following " + leader.endpoint().port() + " " + leader.epoch());
    }

    @Override
    public void lost() {
        heard.add("lost");
    }
}
