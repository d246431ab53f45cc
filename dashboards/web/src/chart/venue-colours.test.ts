import { rgb } from 'd3';
import fc from 'fast-check';
import { contrast } from './contrast.ts';
import { paletteOf } from './palette.ts';
import { venueColours } from './venue-colours.ts';

const VENUES = Array.from({ length: 24 }, (_, i) => `venue-${i}@ethereum`);
type Triple = readonly [number, number, number];

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB: rows of protanopia, deuteranopia, tritanopia. */
const SEEN_BY: readonly (readonly Triple[])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
];

const linear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

/** OKLab of a colour as it is seen. */
function seen(colour: string, rows: readonly Triple[]): Triple {
  const { r, g, b } = rgb(colour);
  const light = [r, g, b].map((channel) => linear(channel / 255));
  const dot = (row: Triple, of: readonly number[]) =>
    row[0] * (of[0] ?? 0) + row[1] * (of[1] ?? 0) + row[2] * (of[2] ?? 0);
  const felt = rows.map((row) => Math.min(1, Math.max(0, dot(row, light))));
  const cones = (
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ] satisfies Triple[]
  ).map((row) => Math.cbrt(dot(row, felt)));
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ];
}

/** The least distance of any two. */
function nearest(colours: readonly string[], rows: readonly Triple[]): number {
  const all = colours.map((colour) => seen(colour, rows));
  return Math.min(
    ...all.flatMap((one, i) =>
      all.slice(i + 1).map((two) => Math.hypot(one[0] - two[0], one[1] - two[1], one[2] - two[2])),
    ),
  );
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each([
    [8, 0.15, 0.1],
    [16, 0.1, 0.06],
    [24, 0.075, 0.05],
  ])('%i venues are told apart, also by who sees fewer colours', (count, least, leastOfFewer) => {
    const venues = VENUES.slice(0, count);
    const colours = venues.map(venueColours(venues, theme));
    const [full = 0, ...fewer] = SEEN_BY.map((rows) => nearest(colours, rows));
    expect(full).toBeGreaterThan(least);
    for (const distance of fewer) expect(distance).toBeGreaterThan(leastOfFewer);
  });

  test('each stands out from the page', () => {
    const colourOf = venueColours(VENUES, theme);
    for (const venue of VENUES)
      expect(contrast(colourOf(venue), paletteOf(theme).surface)).toBeGreaterThan(1.99);
  });
});

test('a colour is of the id: neither order nor how often it is named matter, and nobody is without', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(VENUES, { minLength: 1 }), (venues) => {
      const [one, other] = [
        venueColours(venues, 'light'),
        venueColours([...venues, ...venues].sort(), 'light'),
      ];
      const colours = venues.map(one);
      expect(colours).toEqual(venues.map(other));
      expect(new Set(colours).size).toBe(venues.length);
    }),
  );
  expect(venueColours(VENUES, 'light')('unheard-of')).toBe(paletteOf('light').muted);
});
