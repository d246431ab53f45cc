import { BadDataError } from '@undertow/units';
import fc from 'fast-check';
import { bundleOf, bundleText, withSignature } from './bundle.ts';
import { canonicalText, cidOf, hashOf } from './canonical.ts';
import { readText, refusal } from './fixtures/read-text.ts';
import { smallContent } from './fixtures/small-content.ts';
import { MOST_BUNDLE_BYTES, readBundle } from './read-bundle.ts';

const signature = { signer: `0x${'12'.repeat(20)}`, signature: `0x${'34'.repeat(64)}1b` };
const bundle = withSignature(bundleOf(smallContent), signature);
const text = bundleText(bundle);
const bytes = new TextEncoder().encode(text);

describe('canonicalText', () => {
  it('is RFC 8785: names in order of UTF-16, numbers as ECMAScript writes them', () => {
    // The example of its section 3.2.2, without its escapes.
    const value = {
      peach: 'Peach',
      '€': 'Euro',
      '\u000a': [1e21, 0.000001, 1e-7, -0, 333333333.33333329],
      a: undefined,
    };
    expect(canonicalText(value)).toBe(
      '{"\\n":[1e+21,0.000001,1e-7,0,333333333.3333333],"peach":"Peach","€":"Euro"}',
    );
  });

  it.each([NaN, Infinity, '\ud800', undefined])('refuses %s', (value) => {
    expect(() => canonicalText(value)).toThrow(BadDataError);
  });
});

test('the content identifier is what IPFS calls the block of these bytes', () => {
  // SHA-256 of nothing, and `ipfs block put --cid-codec raw` of an empty file.
  expect(cidOf('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')).toBe(
    'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
  );
});

describe('readBundle', () => {
  it('gives back what was written, and an id that does not hang on signatures', () => {
    expect(readText(text)).toEqual(bundle);
    expect(bundle.id).toBe(hashOf(smallContent));
    expect(readText(bundleText(bundleOf(smallContent)))).toMatchObject({ id: bundle.id, signatures: [] });
  });

  it('refuses a byte that is another one anywhere but in a signature, and names the place', () => {
    const begin = text.indexOf('"signatures"');
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      // Still a letter or a digit, where there was one: nothing that any parser of JSON would mind.
      changed[at]! ^= 1;
      if (at >= begin && isStillSignature(changed)) continue;
      expect([at, refusal(changed)]).toEqual([at, expect.stringMatching(PLACE)]);
    }
  });

  it('refuses any other byte anywhere', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = bytes.slice();
        changed[at]! ^= by;
        if (!isStillSignature(changed)) expect(refusal(changed)).toMatch(PLACE);
      }),
    );
  });

  it('refuses what is cut off anywhere', () => {
    for (let length = 0; length < bytes.length; length += 7)
      expect(refusal(bytes.subarray(0, length))).toMatch(/not JSON, or was cut off|no UTF-8/);
  });

  it.each([
    ['another form', { format: 'undertow-book' }, 'format is "undertow-book", not "undertow-report"'],
    ['another version', { version: 2 }, 'version is 2, and this program reads version 1'],
    ['a field too many', { more: 1 }, 'the report must not have the field "more"'],
    ['another id', { id: '0'.repeat(64) }, 'id was changed: the report states id 0000'],
    ['another cid', { cid: 'bafk' }, 'cid was changed: it is bafk'],
    ['no seals', { seals: {} }, 'seals.content.kind was changed'],
    [
      'a figure that is another',
      { content: { ...bundle.content, figures: [] } },
      'content.figures[0] was changed',
    ],
    ['a number that is none', { content: { ...bundle.content, seed: 'x' } }, 'content.seed: '],
    [
      'a question of another sort',
      { content: { ...bundle.content, question: { kind: 'guess' } } },
      'content.question.kind: ',
    ],
  ])('refuses %s in words that name it', (_what, change, message) => {
    expect(refusal(canonicalText({ ...bundle, ...change }))).toContain(message);
  });

  it('refuses a rewriting that says the same, and what is not even: a row, a name', () => {
    expect(refusal(`${text}\n`)).toMatch(/^character \d+ is not as a report is written/);
    expect(refusal(JSON.stringify(bundle, null, 2))).toMatch(/^character 1 is not as a report is written/);
    expect(refusal(text.replace('{"cid":', '{"cid":"","cid":'))).toMatch(/^character 8 is not/);
    const [table, figure] = [smallContent.tables[0]!, smallContent.figures[0]!];
    const of = (change: object) => refusal(bundleText(bundleOf({ ...smallContent, ...change })));
    expect(of({ tables: [{ ...table, rows: [[1, 2]] }] })).toContain('content.tables[0].rows[0] has 2 cells');
    expect(of({ figures: [figure, figure] })).toContain('content.figures[1].name is there twice: "lossUsd"');
  });

  it('refuses what is too large before it reads it', () => {
    expect(() => readBundle(new Uint8Array(MOST_BUNDLE_BYTES + 1))).toThrow(/no report has more/);
  });
});

/** What a refusal says of where: the byte or the character, the field, the part, or what the parser found. */
const PLACE =
  /byte \d+|character \d+|(content|seals|signatures|id|cid|format|version)[.\w[\]]*( was changed|: | is )|is there twice|must not have the field|Unexpected|position|JSON/;

/** Whether the place is a signature, or whose it is, and still could be one: only its arithmetic tells. */
function isStillSignature(changed: Uint8Array): boolean {
  try {
    const { signatures, ...others } = readBundle(changed);
    const { signatures: _own, ...same } = bundle;
    return signatures.length === 1 && canonicalText(others) === canonicalText(same);
  } catch {
    return false;
  }
}
