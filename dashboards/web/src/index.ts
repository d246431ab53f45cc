/** The charts, for whoever draws them elsewhere: pure functions from data to markup, and markup to text. */
export { cascadeChart, venueLegend, type CascadeDrawing } from './cascade/chart.ts';
export { cascadeHeadline } from './cascade/headline.ts';
export { paletteOf, type Palette, type Theme } from './chart/palette.ts';
export { exposureChart, type ExposureDrawing } from './exposure/chart.ts';
export { flowChart, type FlowDrawing } from './flows/chart.ts';
export { flowGraph, type FlowGraph } from './flows/graph.ts';
export { heatmapChart, type HeatmapDrawing } from './heatmap/chart.ts';
export { heatmapLegend } from './heatmap/legend.ts';
export { element, type Markup } from './markup/element.ts';
export { reproductionChart, type ReproductionDrawing } from './reproduction/chart.ts';
export { waterfallChart, type WaterfallDrawing } from './waterfall/chart.ts';
export { toHtml } from './markup/to-html.ts';
