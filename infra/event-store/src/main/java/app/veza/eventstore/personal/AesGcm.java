package app.veza.eventstore.personal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM; what is sealed is nonce (96 random bits), ciphertext and tag (128 bits) in a row. Looking a cipher up costs as much as
 * using it, and a thread-local one is lost on virtual threads: those that are free stand in a queue, as many as were ever in
 * use at a time.
 */
final class AesGcm {

    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final ConcurrentLinkedQueue<Worker> free = new ConcurrentLinkedQueue<>();

    private record Worker(Cipher cipher, SecureRandom random) {

        static Worker create() {
            try {
                return new Worker(Cipher.getInstance(TRANSFORMATION), new SecureRandom());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JDK has " + TRANSFORMATION, e);
            }
        }
    }

    static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }

    byte[] seal(SecretKey key, byte[] context, byte[] plain) {
        Worker worker = take();
        byte[] sealed = new byte[NONCE_BYTES + plain.length + TAG_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        worker.random().nextBytes(nonce);
        System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
        try {
            Cipher cipher = worker.cipher();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(context);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses a key of 256 bits", e);
        }
        free.offer(worker);
        return sealed;
    }

    /** @throws GeneralSecurityException when key, context or bytes are not those of {@link #seal} */
    byte[] open(SecretKey key, byte[] context, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES + TAG_BYTES) {
            throw new AEADBadTagException("Cut off");
        }
        Worker worker = take();
        Cipher cipher = worker.cipher();
        cipher.init(
                Cipher.DECRYPT_MODE,
                key,
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, Arrays.copyOf(sealed, NONCE_BYTES)));
        cipher.updateAAD(context);
        byte[] plain = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        free.offer(worker);
        return plain;
    }

    private Worker take() {
        Worker worker = free.poll();
        return worker == null ? Worker.create() : worker;
    }
}
