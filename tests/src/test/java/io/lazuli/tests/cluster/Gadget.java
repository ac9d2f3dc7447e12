package io.lazuli.tests.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// An object that does harm when it is read: it writes a file. Its class is on the class path of all processes of the test.
final class Gadget implements Serializable {
    private static final long serialVersionUID = 1;

    private final String file;

    Gadget(Path file) {
        this.file = file.toString();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        Files.writeString(Path.of(file), "read");
    }

    /// In a set, as such things mostly come.
    static byte[] serialized(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new HashSet<>(Set.of(new Gadget(file))));
        }
        return bytes.toByteArray();
    }
}
