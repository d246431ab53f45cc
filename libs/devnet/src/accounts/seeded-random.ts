/** A stream of numbers that follows from its seed and stream number alone. */
export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** An index, with the weight it has. */
  choose(weights: readonly number[]): number;
}

/**
 * SplitMix-style generator (mulberry32, 32-bit state): not for secrets. Streams with different numbers are
 * independent for our purposes, so that account 7 is the same whatever the number of accounts; so are branches of a
 * stream, so that what one venue draws never changes another's.
 */
export function seededRandom(seed: number, stream: number, branch = ''): Random {
  let state = mix(mix(seed >>> 0) ^ mix(Math.imul(stream, 0x9e3779b9) >>> 0) ^ Math.floor(seed / 2 ** 32));
  for (let index = 0; index < branch.length; index++) state = mix(state ^ branch.charCodeAt(index));
  function uniform(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    uniform,
    // Box and Muller, one of the pair.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    choose(weights) {
      let rest = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
      for (const [index, weight] of weights.entries()) {
        rest -= weight;
        if (rest < 0) return index;
      }
      return weights.length - 1;
    },
  };
}

/** The finaliser of MurmurHash3: every bit of the input changes half of the output. */
function mix(value: number): number {
  let z = value >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
