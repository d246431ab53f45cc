import { randomGamma } from 'd3-random';
import { philox, type Words } from './philox.ts';

/** Which of a scenario's draws is meant. Two that differ in any field are independent. */
export interface DrawPlace {
  /** A whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Of the scenario, below 2³². */
  readonly index: number;
  /** What is drawn: a factor, a step, a sample; below 2³². */
  readonly dimension: number;
}

/** A uniform number between 0 and 1, both excluded, by 53 bits. */
export const uniformAt = (place: DrawPlace): number => {
  const [a, b] = wordsAt(place, 0);
  return uniformOf(a, b);
};

/** A whole number from 0 to below `below`, each as likely up to 2⁻⁵³ × below. */
export const wholeAt = (place: DrawPlace, below: number): number => Math.floor(uniformAt(place) * below);

/** A standard normal number, by the cosine half of Box and Muller's method. */
export function normalAt(place: DrawPlace): number {
  const [a, b, c, d] = wordsAt(place, 0);
  return Math.sqrt(-2 * Math.log(uniformOf(a, b))) * Math.cos(2 * Math.PI * uniformOf(c, d));
}

/** A chi-squared number, d3's gamma over as many draws of the place as that method refuses. */
export function chiSquaredAt(place: DrawPlace, degreesOfFreedom: number): number {
  let draw = 0;
  const source = () => {
    const [a, b] = wordsAt(place, draw++);
    return uniformOf(a, b);
  };
  return randomGamma.source(source)(degreesOfFreedom / 2, 2)();
}

const TWO_32 = 2 ** 32;

const wordsAt = ({ seed, index, dimension }: DrawPlace, draw: number): Words =>
  philox([index, dimension, draw, 0], [seed % TWO_32, Math.floor(seed / TWO_32)]);

const uniformOf = (high: number, low: number) => ((high >>> 5) * 2 ** 26 + (low >>> 6) + 0.5) / 2 ** 53;
