/** A token as the schema has it. */
export interface AssetAnswer {
  readonly address: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** Finds a token by its address; one that is not known yet has its address for a symbol, and raw amounts. */
export type FindAsset = (address: string) => AssetAnswer;

/** Finds tokens among those of a book, or of a chain. */
export function assetFinder(assets: Iterable<AssetAnswer>): FindAsset {
  const known = new Map([...assets].map((asset) => [asset.address, asset]));
  return (address) => known.get(address) ?? { address, symbol: address, decimals: 0 };
}

/** A row of a library with its asset as the schema has it, in place of address and symbol. */
export type WithAsset<Row> = Omit<Row, 'asset' | 'symbol'> & { readonly asset: AssetAnswer };

/** Gives a row its asset as the schema has it. */
export const withAsset =
  (find: FindAsset) =>
  <Row extends { readonly asset: string; readonly symbol?: string }>(row: Row): WithAsset<Row> => {
    const { asset, symbol: _symbol, ...others } = row;
    return { ...others, asset: find(asset) };
  };
