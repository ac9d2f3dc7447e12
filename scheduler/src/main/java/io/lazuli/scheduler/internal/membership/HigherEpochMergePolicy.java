package io.lazuli.scheduler.internal.membership;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/// When two halves of a split cluster meet, the later of their leaders stays the one on record. Hazelcast makes it by name, which is
/// why it is public.
public final class HigherEpochMergePolicy implements SplitBrainMergePolicy<Object, MergingValue<Object>, Object> {
    @Override
    public Object merge(MergingValue<Object> merging, @Nullable MergingValue<Object> existing) {
        if (existing == null) {
            return merging.getRawValue();
        }
        Leader arriving = Leader.decode((byte[]) merging.getValue());
        Leader present = Leader.decode((byte[]) existing.getValue());
        boolean later = arriving != null && (present == null || arriving.compareTo(present) > 0);
        return later ? merging.getRawValue() : existing.getRawValue();
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
