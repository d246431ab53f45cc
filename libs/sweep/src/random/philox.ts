/** Multipliers and the two steps of the key, as in Random123's `philox.h`. */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const ROUNDS = 10;

/** Looked up once: it is called ten thousand times a millisecond. */
const { floor, imul } = Math;

/** Four words of 32 bits, each from 0 to 2³² − 1. */
export type Words = readonly [number, number, number, number];

/**
 * Philox4x32-10: four random words that are a function of a counter and a key alone, so that the thousandth draw needs none before it.
 *
 * Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011); no package offers it.
 */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = highWord(M0, c0);
    const high1 = highWord(M1, c2);
    const low0 = imul(M0, c0) >>> 0;
    const low1 = imul(M1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c1 = low1;
    c3 = low0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The upper 32 of the 64 bits of a product, by halves of 16 bits, none of whose sums leaves the integers of a float. */
function highWord(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carried = (middle % 0x10000) + aLow * bHigh;
  return (aHigh * bHigh + floor(middle / 0x10000) + floor(carried / 0x10000)) >>> 0;
}
