const QUIETEST_DB = -60;

/** How loud what is heard is now, from 0 to 1 over 60 dB: `level` of the moment and `peak`, which falls slowly. */
export class Meter {
  #analyser;
  #samples;
  #peak = 0;

  /** @param analyser that the sound passes */
  constructor(analyser) {
    this.#analyser = analyser;
    analyser.fftSize = 2048;
    this.#samples = new Float32Array(analyser.fftSize);
  }

  read() {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let squares = 0;
    let highest = 0;
    for (const sample of this.#samples) {
      squares += sample * sample;
      highest = Math.max(highest, Math.abs(sample));
    }
    const level = scaled(Math.sqrt(squares / this.#samples.length));
    this.#peak = Math.max(scaled(highest), this.#peak - 0.01);
    return { level, peak: this.#peak, isTooLoud: highest > 0.985 };
  }
}

function scaled(amplitude) {
  const decibels = 20 * Math.log10(Math.max(amplitude, 1e-6));
  return Math.min(1, Math.max(0, 1 - decibels / QUIETEST_DB));
}
