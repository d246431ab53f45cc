export { reportPage } from './report-page.ts';
export { reportPictures, type ReportPicture } from './pictures.ts';
