export { comparisonPage } from './comparison-page.ts';
export { reportPage, type ReportPageOptions } from './report-page.ts';
export { reportPictures, type ReportPicture } from './pictures.ts';
export { OPEN_GRAPH_SIZE, openGraphPicture } from './open-graph/open-graph-picture.ts';
export { pngOf } from './png.ts';
