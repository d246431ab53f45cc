/** What a report may be about that is made here. */
export const REPORT_KINDS = ['state', 'scenario', 'sweep', 'proposal'] as const;
export type MadeKind = (typeof REPORT_KINDS)[number];

/** What is looked for among the reports that are kept; empty: all. */
export interface ReportsLookedFor {
  readonly kind: string;
  /** Venue id. */
  readonly venue: string;
  /** Letters of a subject or an id. */
  readonly text: string;
}

/** What the page of reports shows. */
export interface ReportsChoice {
  /** What the form makes. */
  readonly kind: MadeKind;
  /** The sweep whose plan it runs, by its id; empty: none is chosen. */
  readonly sweep: string;
  readonly looked: ReportsLookedFor;
  /** Ids of reports that are to be compared: at most two, the earlier chosen first. */
  readonly compared: readonly string[];
}

export const EVERY_REPORT: ReportsLookedFor = { kind: '', venue: '', text: '' };
export const DEFAULT_REPORTS: ReportsChoice = {
  ...{ kind: 'state', sweep: '', looked: EVERY_REPORT, compared: [] },
};

/** The fields of an address that say it. */
export const REPORT_FIELDS: readonly string[] = ['report', 'of', 'about', 'concerning', 'find', 'compare'];

const MOST_COMPARED = 2;

/** The fields with what they say: what nobody chose is left out. */
export function writeReports({ kind, sweep, looked, compared }: ReportsChoice): string[] {
  const field = (name: string, text: string) => (text === '' ? [] : [`${name}=${encodeURIComponent(text)}`]);
  return [
    ...(kind === DEFAULT_REPORTS.kind ? [] : [`report=${kind}`]),
    ...field('of', sweep),
    ...field('about', looked.kind),
    ...field('concerning', looked.venue),
    ...field('find', looked.text),
    ...field('compare', compared.join('.')),
  ];
}

/** What an address says; a kind that is none is named and left out. */
export function readReports(fields: URLSearchParams, problems: string[]): ReportsChoice {
  const named = fields.get('report') ?? DEFAULT_REPORTS.kind;
  const kind = REPORT_KINDS.find((one) => one === named);
  if (kind === undefined)
    problems.push(`no report is made of “${named}” here, only of ${REPORT_KINDS.join(', ')}`);
  const ids = (fields.get('compare') ?? '').split('.').filter((id) => /^[0-9a-f]{64}$/.test(id));
  return {
    kind: kind ?? DEFAULT_REPORTS.kind,
    sweep: fields.get('of') ?? '',
    looked: {
      kind: fields.get('about') ?? '',
      venue: fields.get('concerning') ?? '',
      text: fields.get('find') ?? '',
    },
    compared: ids.slice(0, MOST_COMPARED),
  };
}

/** The chosen ones with one more, or without it: of more than two the one that was chosen first goes. */
export function withCompared(compared: readonly string[], id: string): readonly string[] {
  if (compared.includes(id)) return compared.filter((one) => one !== id);
  return [...compared, id].slice(-MOST_COMPARED);
}
