import { median } from '../report.ts';

/** Far more than any cache holds. */
const FLOATS = 32 * 1024 * 1024;
const RUNS = 15;

/** Gigabytes that one thread reads from memory in a second, in sequence: eight sums side by side, so that no addition waits for another. */
export function readBandwidth(): number {
  const floats = new Float64Array(FLOATS).fill(1.5);
  const rates: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    const sum = sumOf(floats);
    const seconds = (performance.now() - began) / 1_000;
    if (sum !== 1.5 * FLOATS) throw new Error('the loop that reads memory did not read it all');
    rates.push(floats.byteLength / 1e9 / seconds);
  }
  return median(rates);
}

function sumOf(floats: Float64Array): number {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < floats.length; i += 8) {
    a += floats[i]!;
    b += floats[i + 1]!;
    c += floats[i + 2]!;
    d += floats[i + 3]!;
    e += floats[i + 4]!;
    f += floats[i + 5]!;
    g += floats[i + 6]!;
    h += floats[i + 7]!;
  }
  return a + b + c + d + e + f + g + h;
}
