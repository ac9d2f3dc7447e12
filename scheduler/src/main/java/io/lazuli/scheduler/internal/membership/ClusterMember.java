package io.lazuli.scheduler.internal.membership;

import com.hazelcast.cluster.Member;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A process of the cluster as the others see it. Nothing of it changes while the process is a member.
///
/// @param id        of this incarnation of the process: one that is started again has another, at the same address too
/// @param endpoint  where its transport listens
/// @param processId of the operating system
/// @param version   of Lazuli
/// @param local     it is this process
public record ClusterMember(UUID id, Role role, Endpoint endpoint, long processId, String version, boolean local) {
    private static final String ID = "lazuli.id";
    private static final String ROLE = "lazuli.role";
    private static final String ENDPOINT = "lazuli.endpoint";
    private static final String PROCESS = "lazuli.process";
    private static final String VERSION = "lazuli.version";

    /// What the others are told.
    Map<String, String> attributes() {
        return Map.of(ID, id.toString(), ROLE, role.name(), ENDPOINT, endpoint.toString(), PROCESS,
                Long.toString(processId), VERSION, version);
    }

    /// Empty for a member that is none of ours, which the cluster's name should have kept out.
    static Optional<ClusterMember> from(Member member) {
        Map<String, String> attributes = member.getAttributes();
        if (!attributes.keySet().containsAll(List.of(ID, ROLE, ENDPOINT, PROCESS, VERSION))) {
            return Optional.empty();
        }
        return Optional.of(new ClusterMember(
                UUID.fromString(attribute(attributes, ID)),
                Role.valueOf(attribute(attributes, ROLE)),
                Endpoint.parse(attribute(attributes, ENDPOINT)),
                Long.parseLong(attribute(attributes, PROCESS)),
                attribute(attributes, VERSION),
                member.localMember()));
    }

    private static String attribute(Map<String, String> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), "all attributes were found");
    }
}
