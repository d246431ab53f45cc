import { bundleOf, type ReportContent } from '@undertow/report';
import { madeIncident } from '../../../report/src/fixtures/made-incident.ts';
import { hostileBook } from '../../../report/src/fixtures/hostile-book.ts';
import {
  madeProposal,
  madeScenario,
  madeState,
  madeSweep,
} from '../../../report/src/fixtures/made-reports.ts';
import { gridPlan, studentTPlan } from '../../../sweep/src/fixtures/plans.ts';
import { pngOf } from '../png.ts';
import { keyFigure } from './key-figure.ts';
import { openGraphPicture } from './open-graph-picture.ts';

const made = async (book?: Parameters<typeof madeScenario>[0]): Promise<ReportContent[]> => [
  madeScenario(book),
  madeState(book),
  madeProposal(book),
  madeIncident(book),
  await madeSweep({ ...studentTPlan, count: 60 }, book),
  await madeSweep(gridPlan, book),
];

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);

describe('openGraphPicture', () => {
  it('says subject, figure with unit, block and short id, in the size that readers of Open Graph show whole', async () => {
    for (const content of await made()) {
      const bundle = bundleOf(content);
      const svg = openGraphPicture(bundle);
      const { label, text } = keyFigure(bundle.content);
      expect(svg).toContain('width="1200" height="630"');
      expect(textsOf(svg)).toEqual(expect.arrayContaining([label, text]));
      expect(svg).toContain(`report ${bundle.id.slice(0, 12)}…`);
      expect(svg).toContain('chain 1, block 1');
      expect(svg).not.toMatch(/NaN|undefined|not known/);
      expect(openGraphPicture(bundle)).toBe(svg);
    }
  });

  it('has nothing of strangers but text, and the same elements for any names', async () => {
    const shapes = (svg: string) => [...svg.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) => tag).join(' ');
    const plain = (await made()).map((content) => openGraphPicture(bundleOf(content)));
    const hostile = (await made(hostileBook())).map((content) => openGraphPicture(bundleOf(content)));
    for (const [at, svg] of hostile.entries()) {
      expect(shapes(svg)).toBe(shapes(plain[at]!));
      expect(svg).not.toMatch(/<!--|\u202e|\u0000|href/);
    }
  });

  it('breaks a long subject into two lines and ends it with an ellipsis', () => {
    const content = { ...madeScenario(), subject: 'word '.repeat(60) };
    const titles = [...openGraphPicture(bundleOf(content)).matchAll(/y="(?:134|186)"[^>]*>([^<]*)</g)];
    expect(titles).toHaveLength(2);
    expect(titles[1]![1]).toMatch(/…$/);
  });
});

describe('keyFigure', () => {
  it('does not say that nothing is lost where debt is due that nobody liquidates', () => {
    const content = madeScenario();
    const figures = content.figures.map((figure) => {
      if (figure.name === 'lossUsd') return { ...figure, value: 0 };
      return figure.name === 'stuckUsd' ? { ...figure, value: 2_000_000 } : figure;
    });
    expect(keyFigure({ ...content, figures })).toMatchObject({
      text: '2M USD',
      label: expect.stringMatching(/nobody liquidates/),
    });
  });
});

describe('pngOf', () => {
  it('draws letters with the fonts that come along: other words give other pixels', () => {
    const picture = (word: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text y="30" font-family="system-ui, sans-serif" font-size="20">${word}</text></svg>`;
    const png = (word: string) => Buffer.from(pngOf(picture(word)));
    expect(png('loss').subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    expect(png('loss').equals(png('gain'))).toBe(false);
    expect(png('loss').equals(png('loss'))).toBe(true);
    // Width and height stand in the first chunk.
    const wide = Buffer.from(pngOf(picture('loss'), 400));
    expect([wide.readUInt32BE(16), wide.readUInt32BE(20)]).toEqual([400, 80]);
  });
});
