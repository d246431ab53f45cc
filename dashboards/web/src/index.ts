/** The charts, for whoever draws them elsewhere: pure functions from data to markup, and markup to text. */
export {
  answersChart,
  answersSentence,
  type AnswersDrawing,
  type AnswersPicture,
  type PriceLine,
  type ShadedTime,
} from './sections/oracles/answers-chart.ts';
export { cascadeChart, venueLegend, type CascadeDrawing } from './sections/cascade/chart.ts';
export { cascadeHeadline } from './sections/cascade/headline.ts';
export { ASSUMPTIONS } from './sections/assumptions/text.ts';
export { assumptionSentences } from './prose/assumption-sentences.ts';
export { queryOfShort, readShort, writeShort, type ShortScenario } from './scenario/short-link.ts';
export { plainText, type Block } from './prose/prose.ts';
export { paletteOf, type Palette, type Theme } from './chart/palette.ts';
export { exposureChart, type ExposureDrawing } from './sections/exposure/chart.ts';
export { still } from './export/still.ts';
export { venueColours, type VenueColours } from './chart/venue-colours.ts';
export { lossChart, lossSentence, type LossDrawing } from './sections/sweep-loss/chart.ts';
export { flowChart, type FlowDrawing } from './sections/flows/chart.ts';
export { flowGraph, type FlowGraph } from './sections/flows/graph.ts';
export { heatmapChart, type HeatmapDrawing } from './sections/heatmap/chart.ts';
export { heatmapLegend } from './sections/heatmap/legend.ts';
export { toSvgFile, type SvgFile } from './export/to-svg.ts';
export { element, type Markup, type Piece } from './markup/element.ts';
export {
  reproductionChart,
  reproductionSentence,
  type ReproductionDrawing,
} from './sections/reproduction/chart.ts';
export { BEARERS, waterfallChart, type WaterfallDrawing } from './sections/waterfall/chart.ts';
export { patternKey } from './chart/pattern.ts';
export { toHtml } from './markup/to-html.ts';
