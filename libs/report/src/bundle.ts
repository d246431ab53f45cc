import { canonicalText, cidOf, hashOf } from './canonical.ts';
import type { ReportContent } from './content.ts';

/** Version of the form; raised when a reader of the old one would misread the new one. */
export const BUNDLE_FORMAT = 'undertow-report';
export const BUNDLE_VERSION = 1;

/** Who stands by a report, see `signedData`. */
export interface ReportSignature {
  /** Address of the key, lower case. */
  readonly signer: string;
  /** 65 bytes, hex: r, s and v of 27 or 28. */
  readonly signature: string;
}

/** A report with what shows that it was not changed. */
export interface ReportBundle {
  readonly format: typeof BUNDLE_FORMAT;
  readonly version: typeof BUNDLE_VERSION;
  /** SHA-256 of the canonical JSON of `content`: by this a report is cited. */
  readonly id: string;
  /** The same as a content identifier of the raw bytes. */
  readonly cid: string;
  /** SHA-256 of each part of the content, by its place: they prove nothing that `id` does not, and name what was changed. */
  readonly seals: Readonly<Record<string, string>>;
  readonly content: ReportContent;
  /** By signer; outside of the content, so that the id does not change when somebody signs. */
  readonly signatures: readonly ReportSignature[];
}

/** The bundle of a report that nobody has signed yet. */
export function bundleOf(content: ReportContent): ReportBundle {
  const plain = JSON.parse(canonicalText(content)) as ReportContent;
  const id = hashOf(plain);
  return {
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    id,
    cid: cidOf(id),
    seals: sealsOf(plain),
    content: plain,
    signatures: [],
  };
}

/** A bundle as the text of its file: canonical JSON, so that equal bundles are equal files. */
export const bundleText = (bundle: ReportBundle): string => canonicalText(bundle);

/** The same bundle with one signature more, or another of the same signer. */
export function withSignature(bundle: ReportBundle, signature: ReportSignature): ReportBundle {
  const others = bundle.signatures.filter(({ signer }) => signer !== signature.signer);
  const signatures = [...others, signature].sort((a, b) => (a.signer < b.signer ? -1 : 1));
  return { ...bundle, signatures };
}

/** The hash of each part of a content: of its fields, and of lists each item by itself. */
export function sealsOf(content: ReportContent): Record<string, string> {
  const seals: Record<string, string> = {};
  for (const [name, part] of Object.entries(content)) {
    if (!Array.isArray(part)) seals[`content.${name}`] = hashOf(part);
    else for (const [at, item] of part.entries()) seals[`content.${name}[${at}]`] = hashOf(item);
  }
  return seals;
}
