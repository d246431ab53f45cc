import type { Cascade } from '../cascade/load.ts';

/** A box of the flow picture. */
export interface FlowNode {
  readonly id: string;
  /** 0 the shock, 1 venues whose liquidations sell, 2 assets, 3 venues that the sales hurt. */
  readonly column: number;
  /** Venue id, asset symbol, or what moved. */
  readonly name: string;
}

/** A band between two boxes, USD. */
export interface FlowLink {
  readonly source: string;
  readonly target: string;
  readonly value: number;
  /** Venue id that gives the band its colour: who is hit by the shock, or who sells; undefined on none. */
  readonly by: string;
  readonly sentence: (money: string) => string;
}

export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

type Flowing = Pick<Cascade, 'contagion' | 'flows'>;

/** What an asset's price follows; undefined on assets with a price of their own. */
export type Follows = ReadonlyMap<string, AssetName>;

type AssetName = Cascade['flows'][number]['asset'];

/**
 * How a cascade goes from venue to venue: the shock liquidates at venues, their liquidations sell assets, the fall of
 * those assets liquidates at venues. Bands are USD: value liquidated, then value sold (or bought, where buying is what
 * hurt), then value liquidated because of it. A venue may stand on both sides. An asset that its cause did not trade
 * itself fell with one that it follows: the band goes through that one.
 */
export function flowGraph({ contagion, flows }: Flowing, follows: Follows = new Map()): FlowGraph {
  const nodes = new Map<string, FlowNode>();
  const links = new Map<string, FlowLink>();
  const node = (id: string, column: number, name: string): string => {
    nodes.set(id, { id, column, name });
    return id;
  };
  const link = (one: FlowLink): void => {
    const key = `${one.source} ${one.target} ${one.by}`;
    links.set(key, { ...one, value: one.value + (links.get(key)?.value ?? 0) });
  };
  const traded = new Set(flows.map(({ venue, asset }) => `${venue} ${asset.address}`));
  const through = (cause: string, name: AssetName): AssetName => {
    let at: AssetName | undefined = name;
    for (let step = 0; at && step <= follows.size && !traded.has(`${cause} ${at.address}`); step++)
      at = follows.get(at.address);
    return at && traded.has(`${cause} ${at.address}`) ? at : name;
  };
  const rows = contagion.map((row) => ({ ...row, asset: through(row.cause, row.asset) }));
  const carried = new Set(rows.filter(({ cause }) => cause !== SHOCK).map(({ asset }) => asset.address));
  for (const { cause, asset, venue, liquidatedUsd: value } of rows) {
    if (value <= 0) continue;
    if (cause === SHOCK) {
      const [source, target] = [node(SHOCK, 0, 'Shock'), node(`from ${venue}`, 1, venue)];
      link({ source, target, value, by: venue, sentence: (money) => `${money} liquidated by the shock` });
    } else {
      const [source, target] = [node(asset.address, 2, asset.symbol), node(`to ${venue}`, 3, venue)];
      link({ source, target, value, by: cause, sentence: (money) => `${money} liquidated by the trades of` });
    }
  }
  for (const { venue, asset, soldUsd, boughtUsd } of flows) {
    // What is bought back matters to the picture only where it moved a price that hurt somebody.
    const value = soldUsd + (carried.has(asset.address) ? boughtUsd : 0);
    if (value <= 0) continue;
    const [source, target] = [node(`from ${venue}`, 1, venue), node(asset.address, 2, asset.symbol)];
    const verb = soldUsd === 0 ? 'bought' : value > soldUsd ? 'sold and bought' : 'sold';
    link({ source, target, value, by: venue, sentence: (money) => `${money} ${verb} by` });
  }
  return { nodes: [...nodes.values()], links: [...links.values()] };
}

/** The cause that is no venue. */
export const SHOCK = 'shock';
