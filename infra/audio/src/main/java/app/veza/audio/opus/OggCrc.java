package app.veza.audio.opus;

/** The checksum of Ogg pages (RFC 3533, 6): CRC-32 of polynomial 0x04C11DB7, not reflected, beginning with zero. */
final class OggCrc {

    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int remainder = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                remainder = remainder < 0 ? remainder << 1 ^ 0x04C11DB7 : remainder << 1;
            }
            TABLE[i] = remainder;
        }
    }

    private OggCrc() {}

    /** Of a page whose own checksum field holds zeros. */
    static int of(byte[] page) {
        int crc = 0;
        for (byte next : page) {
            crc = crc << 8 ^ TABLE[(crc >>> 24 ^ next) & 0xFF];
        }
        return crc;
    }
}
