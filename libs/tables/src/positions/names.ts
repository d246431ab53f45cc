/** Names by number, each kept once however often it is said. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  /** The number of a name, a new one where it has none. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const own = ownText(name);
    this.#numbers.set(own, this.#names.length);
    this.#names.push(own);
    return this.#names.length - 1;
  }

  has(name: string): boolean {
    return this.#numbers.has(name);
  }

  get all(): readonly string[] {
    return this.#names;
  }
}

/** A text that does not hold on to the text that it was cut from, which may be a whole piece of a file. */
const ownText = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
