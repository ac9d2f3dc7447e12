package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobOptionsTest {
    @Test
    void theDefaultsAreAPlainJobWithoutRetries() {
        assertThat(JobOptions.DEFAULTS).isEqualTo(new JobOptions("job", 0, 0, Duration.ZERO, true));
    }

    @Test
    void everyOptionCanBeReplacedAlone() {
        assertThat(JobOptions.DEFAULTS.withName("report").withPriority(-3).withRetries(2).withFusion(false))
                .isEqualTo(new JobOptions("report", -3, 2, Duration.ZERO, false));
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobOptions.DEFAULTS.withRetries(-1))
                .withMessage("retries must not be negative, found -1");
        assertThatNullPointerException().isThrownBy(() -> JobOptions.DEFAULTS.withName(null))
                .withMessage("name is null");
    }

    @Test
    void progressIsNotChangedByWhoMadeIt() {
        List<LayerProgress> layers = new ArrayList<>();
        JobProgress progress = new JobProgress(JobProgress.State.RUNNING, Duration.ZERO, 0, layers);
        layers.add(new LayerProgress("scan", 1, 0, 0, Duration.ZERO, 0, 0));
        assertThat(progress.layers()).isEmpty();
    }

    @Test
    void anErrorHasACodeAMessageAndMayHaveACause() {
        Exception cause = new Exception("disk");
        LazuliException error = new LazuliException(ErrorCode.RESOURCE, "Cannot write.", cause);

        assertThat(error).hasMessage("Cannot write.").hasCause(cause);
        assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE);
        assertThat(new LazuliException(ErrorCode.USER, "No.")).hasNoCause();
        assertThatNullPointerException().isThrownBy(() -> new LazuliException(null, "x")).withMessage("code is null");
        assertThatNullPointerException().isThrownBy(() -> new LazuliException(ErrorCode.USER, null))
                .withMessage("message is null");
    }

    @Test
    void withoutAnEngineOnTheClassPathTheSharedOneSaysWhatToAdd() {
        assertThatThrownBy(Engine::shared)
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage("Expected one engine on the class path, found []. Add the module lazuli-scheduler once.");
    }
}
