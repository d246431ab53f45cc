import { FAMILIES, PARTS, type LendingGroups } from './lending-groups.ts';
import { HAIR } from './line.ts';

/**
 * How far prices have carried each group of accounts towards its line. Of a pair that is the move of one price against the other. Of
 * others it is bounded: what backs them falls by no more than the worst price of each family of which it is, and what is owed rises by no
 * more than the best.
 */
export class LendingReach {
  /** By group: members whose key is lower may be due. */
  readonly reach: Float64Array;
  /** By group: what is left of any ratio of what a member holds to what it owes since the book, at least. */
  readonly fallen: Float64Array;
  readonly #groups: LendingGroups;
  readonly #basePrice: Float64Array;
  /** By row of prices: 1 = it is held, or owed. */
  readonly #isHeld: Uint8Array;
  readonly #isOwed: Uint8Array;
  readonly #factor: Float64Array;
  readonly #perFactor: Float64Array;
  readonly #before: Float64Array;
  /** By family: the least factor of what is held and the greatest of what is owed, since the book and since the round before. */
  readonly #least = new Float64Array(FAMILIES);
  readonly #greatest = new Float64Array(FAMILIES);
  readonly #leastMove = new Float64Array(FAMILIES);
  readonly #greatestMove = new Float64Array(FAMILIES);
  /** Pairs of masks that groups have, as bits of families. */
  readonly #heldMask: Int32Array;
  readonly #owedMask: Int32Array;
  /** By pair of masks: the least factor, the greatest, and the product over rounds of the least move ÷ the greatest. */
  readonly #maskLeast: Float64Array;
  readonly #maskGreatest: Float64Array;
  readonly #maskFallen: Float64Array;
  /** By group behind the pairs: the row of its masks, and by family, then for what is left, how many of its parts. */
  readonly #masksOf: Int32Array;
  readonly #parts: Float64Array;

  constructor(groups: LendingGroups, basePrice: Float64Array, sides: Record<'held' | 'owed', Uint8Array>) {
    const count = groups.pairs + groups.mixed.length;
    this.#groups = groups;
    this.#basePrice = basePrice;
    this.#isHeld = sides.held;
    this.#isOwed = sides.owed;
    this.reach = new Float64Array(count);
    this.fallen = new Float64Array(count);
    this.#factor = new Float64Array(basePrice.length);
    this.#perFactor = new Float64Array(basePrice.length);
    this.#before = new Float64Array(basePrice.length);
    const names = [...new Set(groups.mixed.map(nameOf))];
    this.#heldMask = Int32Array.from(names, (name) => name >> FAMILIES);
    this.#owedMask = Int32Array.from(names, (name) => name & ((1 << FAMILIES) - 1));
    this.#maskLeast = new Float64Array(names.length);
    this.#maskGreatest = new Float64Array(names.length);
    this.#maskFallen = new Float64Array(names.length);
    this.#masksOf = Int32Array.from(groups.mixed, (group) => names.indexOf(nameOf(group)));
    this.#parts = Float64Array.from(
      groups.mixed.flatMap(({ parts }) => [...parts, PARTS - parts.reduce((sum, one) => sum + one, 0)]),
    );
  }

  /** Before the first round of a run. */
  begin(): void {
    this.#before.fill(1);
    this.#maskFallen.fill(1);
  }

  follow(price: Float64Array): void {
    this.#followFamilies(price);
    const { pairs, held, owed } = this.#groups;
    const { reach, fallen } = this;
    const factor = this.#factor;
    const perFactor = this.#perFactor;
    for (let group = 0; group < pairs; group++) {
      const heldRow = held[group]!;
      const owedRow = owed[group]!;
      reach[group] = factor[owedRow]! * perFactor[heldRow]! * (1 + HAIR);
      fallen[group] = factor[heldRow]! * perFactor[owedRow]!;
    }
    this.#followMixed();
  }

  #followFamilies(price: Float64Array): void {
    const { family } = this.#groups;
    this.#least.fill(Infinity);
    this.#greatest.fill(0);
    this.#leastMove.fill(Infinity);
    this.#greatestMove.fill(0);
    for (let row = 0; row < price.length; row++) {
      const factor = price[row]! / this.#basePrice[row]!;
      const move = factor / this.#before[row]!;
      this.#factor[row] = factor;
      this.#perFactor[row] = 1 / factor;
      this.#before[row] = factor;
      const of = family[row]!;
      if (this.#isHeld[row] === 1) {
        if (factor < this.#least[of]!) this.#least[of] = factor;
        if (move < this.#leastMove[of]!) this.#leastMove[of] = move;
      }
      if (this.#isOwed[row] === 1) {
        if (factor > this.#greatest[of]!) this.#greatest[of] = factor;
        if (move > this.#greatestMove[of]!) this.#greatestMove[of] = move;
      }
    }
  }

  #followMixed(): void {
    const { pairs, mixed } = this.#groups;
    const { reach, fallen } = this;
    const masksOf = this.#masksOf;
    const parts = this.#parts;
    const maskLeast = this.#maskLeast;
    const maskGreatest = this.#maskGreatest;
    const maskFallen = this.#maskFallen;
    for (let row = 0; row < maskLeast.length; row++) {
      const heldMask = this.#heldMask[row]!;
      const owedMask = this.#owedMask[row]!;
      const move = leastOf(this.#leastMove, heldMask) / greatestOf(this.#greatestMove, owedMask);
      // Of those that are looked at in any case there is none.
      if (move < Infinity) maskFallen[row]! *= move;
      maskLeast[row] = leastOf(this.#least, heldMask);
      maskGreatest[row] = greatestOf(this.#greatest, owedMask) * PARTS * (1 + HAIR);
    }
    // A family that nobody holds has no part.
    for (let of = 0; of < FAMILIES; of++) if (this.#least[of] === Infinity) this.#least[of] = 0;
    const first = this.#least[0]!;
    const second = this.#least[1]!;
    const third = this.#least[2]!;
    const fourth = this.#least[3]!;
    for (let i = 0, at = 0; i < mixed.length; i++, at += FAMILIES + 1) {
      const masks = masksOf[i]!;
      const kept =
        parts[at]! * first +
        parts[at + 1]! * second +
        parts[at + 2]! * third +
        parts[at + 3]! * fourth +
        (parts[at + FAMILIES]! === 0 ? 0 : parts[at + FAMILIES]! * maskLeast[masks]!);
      reach[pairs + i] = maskGreatest[masks]! / kept;
      fallen[pairs + i] = maskFallen[masks]!;
    }
  }
}

const nameOf = ({ heldMask, owedMask }: { readonly heldMask: number; readonly owedMask: number }) =>
  heldMask * (1 << FAMILIES) + owedMask;

function leastOf(values: Float64Array, mask: number): number {
  let least = Infinity;
  for (let of = 0; of < FAMILIES; of++)
    if ((mask & (1 << of)) !== 0 && values[of]! < least) least = values[of]!;
  return least;
}

function greatestOf(values: Float64Array, mask: number): number {
  let greatest = 0;
  for (let of = 0; of < FAMILIES; of++)
    if ((mask & (1 << of)) !== 0 && values[of]! > greatest) greatest = values[of]!;
  return greatest;
}
