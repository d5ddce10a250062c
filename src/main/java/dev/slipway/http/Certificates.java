package dev.slipway.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Authorities of certificates, read from a PEM file. */
public final class Certificates {

    private Certificates() {}

    /**
     * @param pem one certificate or several
     * @return trusts these authorities and no others
     * @throws IOException saying what is wrong with the file
     */
    public static SSLContext trusting(Path pem) throws IOException {
        try (var file = Files.newInputStream(pem)) {
            var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                authorities.setCertificateEntry("authority-" + authorities.size(), certificate);
            }
            if (authorities.size() == 0) {
                throw new IOException(pem + " holds no certificate");
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (CertificateException e) {
            throw new IOException(pem + " is not a PEM file of certificates", e);
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " can't be used: " + e.getMessage(), e);
        }
    }
}
