// Liquidation thresholds, borrowing limits and bonuses that governance set or was recommended: public files that are not the project's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export const GOVERNANCE = 'aave-governance-params';
const SET = 'aave_param_changes_from_proposal_diffs.csv';
const RECOMMENDED = 'risk_manager_recommendations.csv';

export const COMPARED = ['liquidationThreshold', 'loanToValue', 'liquidationBonus'] as const;
export type ComparedKind = (typeof COMPARED)[number];

/** A value that was set, or recommended. */
export interface GovernanceValue {
  readonly source: 'set' | 'recommended';
  readonly kind: ComparedKind;
  /** As the file calls it. */
  readonly asset: string;
  /** Protocol, version and chain, as far as the proposal's name tells. */
  readonly venue: string;
  readonly proposal: string;
  /** Unix seconds, midnight UTC of the day its file came into the repository; undefined where that says nothing. */
  readonly time: number | undefined;
  /** Ratios; undefined of a value that was not there before. */
  readonly before: number | undefined;
  readonly after: number;
  /** For debts of one kind alone: the price that matters is that of a pair. */
  readonly isEMode: boolean;
}

/** Rows of both files, and what was not read of them, by reason. */
export interface GovernanceFiles {
  readonly rows: Readonly<Record<GovernanceValue['source'], number>>;
  readonly values: readonly GovernanceValue[];
  readonly leftOut: ReadonlyMap<string, number>;
}

type Row = Readonly<Record<string, string>>;

export function readGovernance(data: string): GovernanceFiles {
  const rowsOf = (file: string) =>
    parse(readFileSync(join(data, GOVERNANCE, file)), { columns: true, relax_column_count: true }) as Row[];
  const [set, recommended] = [rowsOf(SET), rowsOf(RECOMMENDED)];
  const leftOut = new Map<string, number>();
  const values: GovernanceValue[] = [];
  for (const found of [...set.map(setOf), ...recommended.map(recommendedOf)]) {
    if (typeof found === 'string') leftOut.set(found, (leftOut.get(found) ?? 0) + 1);
    else values.push(found);
  }
  return { rows: { set: set.length, recommended: recommended.length }, values, leftOut };
}

const OTHER = 'another parameter (caps, rates, flags, feeds)';
const NO_NUMBER = 'a value that is no number';
/** Moonwell's older proposals came into the repository on this day, all at once. */
const IMPORTED = '2024-11-15';

const SET_KINDS: Readonly<Record<string, ComparedKind>> = {
  liquidationThreshold: 'liquidationThreshold',
  ltv: 'loanToValue',
  liquidationBonus: 'liquidationBonus',
};

function setOf(row: Row): GovernanceValue | string {
  const parameter = row['parameter']!;
  const kind = SET_KINDS[parameter.replace(/^eMode\./, '')];
  if (kind === undefined) return OTHER;
  const after = ratioOf(row['after']!);
  if (after === undefined) return NO_NUMBER;
  const proposal = row['proposal_diff']!;
  return {
    source: 'set',
    kind,
    asset: row['asset']!,
    venue: venueOf(proposal),
    proposal,
    time: Date.parse(row['file_added_to_repo']!) / 1_000,
    before: ratioOf(row['before']!),
    after,
    isEMode: parameter.startsWith('eMode.') || /^EMode/i.test(row['asset']!),
  };
}

const RECOMMENDED_KINDS: readonly (readonly [RegExp, ComparedKind])[] = [
  [/\b(LTV|loan.to.value)$/i, 'loanToValue'],
  // Where one number is both, it is the line at which accounts are due.
  [/\b(LT|liquidation threshold|collateral factors?|CF)$/i, 'liquidationThreshold'],
  [/\b(LB|liquidation (bonus|penalty))$/i, 'liquidationBonus'],
];

function recommendedOf(row: Row): GovernanceValue | string {
  const parameter = row['parameter']!.trim();
  const found = RECOMMENDED_KINDS.find(([name]) => name.test(parameter));
  if (!found) return OTHER;
  const [name, kind] = found;
  const after = ratioOf(row['recommended_value']!);
  if (after === undefined) return NO_NUMBER;
  const file = row['file']!;
  const asset = parameter.replace(name, '').replace(/[\s/]+$/, '');
  const day = row['file_added_to_repo']!;
  const isMoonwell = row['repo']!.startsWith('moonwell');
  return {
    source: 'recommended',
    kind,
    // A table about one asset does not name it; its proposal does.
    asset:
      asset === '' ? (/_(?:Eth|Pol|Opt|Ava|Arb)_([A-Z]{2,})(?=[A-Z][a-z])/.exec(file)?.[1] ?? '?') : asset,
    venue: isMoonwell ? moonwellOf(row['section']!, file) : venueOf(file),
    proposal: file.split('/').at(-1)!.replace(/\.md$/, ''),
    time: isMoonwell && day === IMPORTED ? undefined : Date.parse(day) / 1_000,
    before: ratioOf(row['current_value']!),
    after,
    isEMode: false,
  };
}

const moonwellOf = (section: string, file: string) =>
  `Moonwell ${/Base|Optimism|Moonbeam/.exec(section)?.[0] ?? { b: 'Base', o: 'Optimism', m: 'Moonbeam' }[/mip-([bom])\d/i.exec(file)?.[1]?.toLowerCase() ?? ''] ?? ''}`.trim();

/** Percent as governance writes it: `82.5 %`, `78 % [7800]`, `1%\`, `49`. Undefined of `-` and of words. */
export function ratioOf(text: string): number | undefined {
  const number = /^\s*(\d+(?:\.\d+)?)\s*(?:%|\\|$)/.exec(text)?.[1];
  return number === undefined ? undefined : Number((Number(number) / 100).toPrecision(12));
}

const CHAINS: Readonly<Record<string, string>> = {
  Eth: 'Ethereum',
  ETH: 'Ethereum',
  Etherum: 'Ethereum',
  EthereumLido: 'Ethereum Lido',
  OP: 'Optimism',
  Opt: 'Optimism',
  Pol: 'Polygon',
  Ava: 'Avalanche',
  Arb: 'Arbitrum',
};
const CHAIN =
  /Aave-?(V[23])?[_-]?(EthereumLido|Ethereum|Etherum|Eth|Optimism|Opt|OP|Polygon|Pol|Avalanche|Ava|Arbitrum|Arb|Gnosis|Metis|Base|Soneium|ZkSync|Plasma|Linea|Scroll|BNB|Celo|Sonic)?/i;

/** `Aave v3 Ethereum`, of what a proposal or a file is called. */
export function venueOf(name: string): string {
  const [, version, chain] = CHAIN.exec(name) ?? [];
  const found = chain ?? /Ethereum/.exec(name)?.[0];
  return ['Aave', version?.toLowerCase(), found && (CHAINS[found] ?? found)].filter(Boolean).join(' ');
}
