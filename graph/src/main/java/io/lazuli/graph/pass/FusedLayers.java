package io.lazuli.graph.pass;

import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.List;

/// The operations of a chain of layers, in one task for each partition, see [FuseLayers].
record FusedLayers(List<Member> members) implements Fused {
    /// One layer of the chain.
    record Member(Operation operation, Token layer) {}

    FusedLayers {
        members = List.copyOf(members);
    }

    static FusedLayers of(List<Layer> chain) {
        return new FusedLayers(
                chain.stream().map(layer -> new Member(layer.operation(), layer.token())).toList());
    }

    @Override
    public String name() {
        return Fused.join(members.size(), i -> members.get(i).operation().name());
    }

    @Override
    public int stepCount(int partition) {
        return members.size();
    }

    @Override
    public Step step(int partition, int index) {
        Member member = members.get(index);
        return new Step(member.operation(), new Key(member.layer(), partition), 1, 0);
    }

    @Override
    public boolean runsUserCode() {
        return members.stream().anyMatch(member -> member.operation().runsUserCode());
    }

    @Override
    public boolean namesInputs() {
        return members.getFirst().operation().namesInputs();
    }

    /// What a step needs while the block that it reads, made by the step before from its own grant, is still there.
    @Override
    public long grantBytes() {
        long most = 0;
        long before = 0;
        for (Member member : members) {
            long own = member.operation().grantBytes();
            most = Math.max(most, before > Long.MAX_VALUE - own ? Long.MAX_VALUE : before + own);
            before = own;
        }
        return most;
    }

    @Override
    public Block pack(Block object) {
        return members.getLast().operation().pack(object);
    }

    @Override
    public Block unpack(Block packed, Reservation memory) {
        return members.getLast().operation().unpack(packed, memory);
    }
}
