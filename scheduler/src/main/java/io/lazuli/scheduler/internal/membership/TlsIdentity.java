package io.lazuli.scheduler.internal.membership;

import io.lazuli.scheduler.internal.tls.PinnedCertificate;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/// The cluster's certificate and key: every member shows it, and takes nothing else from another. There is no authority and no host
/// name to be checked; when the certificate runs out is looked at when a member starts.
final class TlsIdentity {
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final SSLContext context;

    private TlsIdentity(SSLContext context) {
        this.context = context;
    }

    /// Errors: USER, if there is not one key with a valid certificate, or the password is wrong.
    static TlsIdentity load(TlsOptions options) {
        Path file = options.keyStore();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, options.password());
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1 || !(store.getCertificate(keys.getFirst()) instanceof X509Certificate certificate)) {
                throw Errors.badKeyStore(file, "it holds " + keys.size() + " keys with a certificate", null);
            }
            certificate.checkValidity();
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, options.password());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), new TrustManager[] {new PinnedCertificate(certificate)}, null);
            return new TlsIdentity(context);
        } catch (IOException | GeneralSecurityException e) {
            throw Errors.badKeyStore(file, e.toString(), e);
        }
    }

    /// For one link, ready to shake hands.
    ///
    /// @param isClient this process has opened the link
    SSLEngine engine(boolean isClient) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(isClient);
        engine.setEnabledProtocols(PROTOCOLS);
        engine.setNeedClientAuth(true);
        engine.beginHandshake();
        return engine;
    }
}
