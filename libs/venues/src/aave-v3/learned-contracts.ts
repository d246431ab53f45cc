import type { Holding } from '@undertow/chain';
import type { Address, Fact, FeedId, OracleRef } from '@undertow/market';
import type { AaveV3Deployment } from './deployments.ts';

/** What a token of a reserve counts: `stable` is stable-rate debt, which is not modelled. */
export type TokenRole = 'collateral' | 'debt' | 'stable';

/** A reserve's token. */
export interface ReserveToken {
  readonly asset: Address;
  readonly role: TokenRole;
}

/** What the facts so far say about a deployment's own contracts. All of it can be learned again from stored facts. */
export class LearnedContracts {
  readonly #deployment: AaveV3Deployment;
  readonly #tokens = new Map<Address, ReserveToken>();
  readonly #sources = new Map<Address, FeedId>();
  readonly #priceSources = new Map<string, Address>();
  readonly #members = new Set<string>();

  constructor(deployment: AaveV3Deployment) {
    this.#deployment = deployment;
  }

  /** Tokens of the reserves, in the order they were learned. */
  tokenAddresses(): readonly Address[] {
    return [...this.#tokens.keys()];
  }

  token(address: Address): ReserveToken | undefined {
    return this.#tokens.get(address);
  }

  /** What the reserves are made of: an aToken holds its asset. */
  holdings(): readonly Holding[] {
    return [...this.#tokens].flatMap(([holder, { asset, role }]) =>
      role === 'collateral' ? [{ asset, holder }] : [],
    );
  }

  /** How an address is priced by the venue's oracle; undefined when its source is not known yet. */
  oracleOf(asset: Address): OracleRef | undefined {
    const feed = this.#sources.get(asset);
    return feed === undefined ? undefined : { form: 'feed', feed };
  }

  /** E-mode categories (their market ids) that are priced by an address. */
  categoriesPricedBy(priceSource: Address): readonly string[] {
    return [...this.#priceSources].filter(([, source]) => source === priceSource).map(([market]) => market);
  }

  hasPriceSource(categoryMarket: string): boolean {
    return this.#priceSources.has(categoryMarket);
  }

  /** Whether anything was said of a reserve's place in a category (a market id). */
  hasMember(market: string): boolean {
    return this.#members.has(market);
  }

  forget(): void {
    this.#members.clear();
    this.#tokens.clear();
    this.#sources.clear();
    this.#priceSources.clear();
  }

  learn(fact: Fact): void {
    if (fact.kind !== 'TermsChanged' || fact.venue !== this.#deployment.id) return;
    const { market, patch } = fact;
    if (patch.form === 'category' && patch.priceSource !== undefined)
      this.#priceSources.set(market, patch.priceSource);
    if (patch.form === 'member') this.#members.add(market);
    if (patch.form !== 'reserve') return;
    const asset = market as Address;
    if (patch.collateralToken) this.#tokens.set(patch.collateralToken, { asset, role: 'collateral' });
    if (patch.debtToken) this.#tokens.set(patch.debtToken, { asset, role: 'debt' });
    if (patch.stableDebtToken) this.#tokens.set(patch.stableDebtToken, { asset, role: 'stable' });
    if (patch.oracle?.form === 'feed') this.#sources.set(asset, patch.oracle.feed);
  }
}
