/** A piece of a page as plain data: drawn into the DOM by `patch`, or into a string by `toHtml`. */
export interface Markup {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly children: readonly Child[];
  /** Tells siblings apart, so that an element that only moved keeps its focus, scroll and animation. */
  readonly key?: string;
}

/** `false` and `undefined` leave an attribute out, `true` writes it empty. */
export type Attribute = string | number | boolean | undefined;
export type Child = Markup | string;
/** What a caller may write as a child; `undefined` and `false` draw nothing. */
export type Piece = Child | number | undefined | false | readonly Piece[];

/**
 * One element. The attribute `key` names it among its siblings and is not written out.
 * No handlers: the page listens once, at its root, and reads `data-act`.
 */
export function element(
  tag: string,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...pieces: Piece[]
): Markup {
  const { key, ...rest } = attributes;
  const children = pieces.flatMap(flatten);
  return key === undefined
    ? { tag, attributes: rest, children }
    : { tag, attributes: rest, children, key: String(key) };
}

function flatten(piece: Piece): Child[] {
  if (piece === undefined || piece === false) return [];
  if (typeof piece === 'number') return [String(piece)];
  if (typeof piece === 'string') return piece === '' ? [] : [piece];
  return isList(piece) ? piece.flatMap(flatten) : [piece];
}

const isList = (piece: Markup | readonly Piece[]): piece is readonly Piece[] => Array.isArray(piece);
