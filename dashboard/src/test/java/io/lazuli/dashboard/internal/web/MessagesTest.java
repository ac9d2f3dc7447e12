package io.lazuli.dashboard.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lazuli.dashboard.internal.json.Json;
import io.lazuli.dashboard.internal.model.RunModel;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Messages.Moment MOMENT = new Messages.Moment(100, Optional.empty(), Optional.empty());

    private final RunModel model = new RunModel();
    private final Messages messages = new Messages(model, Instant.EPOCH);
    private final TransitionBuffer buffer = new TransitionBuffer();
    private final Map<Long, JobDescription> jobs = new HashMap<>();

    MessagesTest() {
        buffer.open(0);
    }

    private void submit(long id) {
        var layer = new JobDescription.LayerDescription(new Token(id, 0), "layer", 0, 1, false, List.of());
        jobs.put(id, new JobDescription(id, TransitionBuffer.NONE, "job " + id, 0, List.of(layer)));
        buffer.jobSubmitted(id, (int) id, TransitionBuffer.NONE);
    }

    private void tell() {
        model.accept(new EventBlock(1, buffer.take(), jobs, Map.of()));
        jobs.clear();
    }

    private static JsonNode read(Json json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json.toString());
    }

    @Test
    void whatHasNotChanged_isNotToldAgain() throws JsonProcessingException {
        submit(1);
        submit(2);
        buffer.workerSampled(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        buffer.jobFinished(1, JobProgress.State.SUCCEEDED);
        buffer.jobFinished(2, JobProgress.State.SUCCEEDED);
        tell();
        JsonNode first = read(messages.changes(MOMENT));
        assertThat(first.path("jobs").findValuesAsText("name")).containsExactly("job 1", "job 2");
        assertThat(first.path("jobs").path(0).has("plan")).isTrue();
        assertThat(first.path("samples")).hasSize(1);
        JsonNode second = read(messages.changes(MOMENT));
        assertThat(second.path("jobs")).isEmpty();
        assertThat(second.path("samples")).isEmpty();
        JsonNode all = read(messages.all(MOMENT));
        assertThat(all.path("jobs")).hasSize(2);
        assertThat(all.path("samples")).hasSize(1);
    }

    /// The first still runs: it is told of, however many came after it.
    @Test
    void ofVeryManyJobs_onlyAsManyAreTold_asAPageCanShow() throws JsonProcessingException {
        for (long id = 1; id <= 3_000; id++) {
            submit(id);
        }
        tell();
        JsonNode jobs = read(messages.changes(MOMENT)).path("jobs");
        assertThat(jobs).hasSize(150);
        assertThat(jobs.findValuesAsText("name")).contains("job 1", "job 3000").doesNotContain("job 1500");
    }
}
