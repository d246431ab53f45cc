import { histogramText } from './histogram-text.ts';

it('draws a bar for each bin, with what it begins at', () => {
  const bins = [
    { from: 0, to: 0.2, count: 1 },
    { from: 0.2, to: 0.5, count: 0 },
    { from: 10_000, to: 20_000, count: 10 },
  ];
  expect(histogramText({ zeros: 5, bins }, 30)).toEqual([
    'nothing     5  ████████',
    '< 0.2 USD   1  ██',
    '≥ 0.2 USD   0',
    '≥ 10K USD  10  ███████████████',
  ]);
});
